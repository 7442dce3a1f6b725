// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.DType;
import java.util.List;
import java.util.OptionalInt;

/**
 * A score of one class, or of all on average, from how many instances each class has, how often it
 * was predicted, and how often rightly.
 *
 * @param score which
 * @param label the class; empty for the mean over those that occur or are predicted
 */
record ClassScoreMetric(Score score, OptionalInt label) implements Metric {
  static final String CLASS = "_class_";

  private static final float HALF = 0.5f;

  @Override
  public String name() {
    return score.metric() + (label.isPresent() ? CLASS + label.getAsInt() : "");
  }

  /** Returns right predictions, predictions and instances by class: {@code [N, 3 classes]}. */
  @Override
  public Value perInstance(Value labels, Value predictions) {
    int classes = Outputs.requireRows(name(), predictions);
    if (label.orElse(0) >= classes) {
      throw new IllegalArgumentException(
          "metric " + name() + " wants a class that the network does not have: it has " + classes);
    }
    boolean single = classes == 1 && labels.dtype() == DType.FLOAT32;
    Value truth = single ? labels : Nn.oneHot(labels, classes);
    Value predicted =
        single
            ? Nn.greaterEqual(predictions, predictions.graph().constant(HALF))
            : Nn.oneHot(Outputs.ranked(predictions), classes);
    return Nn.concat(List.of(Nn.multiply(truth, predicted), predicted, truth), 1);
  }

  @Override
  public double result(float[] sums, long instances) {
    int classes = sums.length / 3;
    if (label.isPresent()) {
      return score.of(scores(sums, classes, label.getAsInt()));
    }
    double sum = 0;
    int present = 0;
    for (int c = 0; c < classes; c++) {
      if (sums[classes + c] + sums[2 * classes + c] > 0) {
        sum += score.of(scores(sums, classes, c));
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }

  private static ClassScores scores(float[] sums, int classes, int c) {
    return ClassScores.of((long) sums[c], (long) sums[classes + c], (long) sums[2 * classes + c]);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;

/**
 * The area under the ROC curve through 200 thresholds, by the trapezoidal rule: Keras' {@code AUC}
 * with its defaults. What lies above a threshold is predicted as positive.
 */
record Auc() implements Metric {
  static final int THRESHOLDS = 200;

  @Override
  public String name() {
    return "auc";
  }

  /**
   * Returns, for each threshold, how many positive outputs don't lie above it, and then how many
   * outputs at all: {@code [N, 2 thresholds]}.
   */
  @Override
  public Value perInstance(Value labels, Value predictions) {
    int outputs = Outputs.requireRows(name(), predictions);
    Value truth = labels.dtype() == DType.INT32 ? Nn.oneHot(labels, outputs) : labels;
    Shape columns = Shape.of(-1, outputs, 1);
    Value below =
        Nn.greaterEqual(thresholds(labels.graph()), Nn.reshape(predictions, columns)); // [N,C,T]
    Value positive = Nn.multiply(below, Nn.reshape(truth, columns));
    return Nn.concat(List.of(Nn.reduceSum(positive, 1), Nn.reduceSum(below, 1)), 1);
  }

  /** As Keras has them, i / 199; the first lies below all probabilities, the last above. */
  private static Value thresholds(Graph graph) {
    float[] values = new float[THRESHOLDS];
    for (int i = 0; i < THRESHOLDS; i++) {
      values[i] = (float) ((double) i / (THRESHOLDS - 1));
    }
    values[0] = -1;
    values[THRESHOLDS - 1] = 2;
    return graph.constant("thresholds", Tensor.of(values, THRESHOLDS));
  }

  @Override
  public double result(float[] sums, long instances) {
    double area = 0;
    for (int i = 1; i < THRESHOLDS; i++) {
      double width = falsePositives(sums, i - 1) - falsePositives(sums, i);
      area += width * (truePositives(sums, i - 1) + truePositives(sums, i)) / 2;
    }
    return area;
  }

  /** The share of positive outputs above a threshold, 0 if there are none. */
  private static double truePositives(float[] sums, int threshold) {
    return above(sums[threshold], sums[THRESHOLDS - 1]);
  }

  /** The share of negative outputs above a threshold, 0 if there are none. */
  private static double falsePositives(float[] sums, int threshold) {
    int last = THRESHOLDS - 1;
    return above(
        (double) sums[THRESHOLDS + threshold] - sums[threshold],
        (double) sums[THRESHOLDS + last] - sums[last]);
  }

  private static double above(double below, double all) {
    return all == 0 ? 0 : (all - below) / all;
  }
}

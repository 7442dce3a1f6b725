// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.data.Dataset;
import io.convoy.model.Model;
import io.convoy.session.Step;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.stream.IntStream;

/** Predicts the classes of a data set; only one batch of it lies in memory as floats. */
final class ClassPredictor {
  private static final float HALF = 0.5f;

  private final Model model;
  private final Dataset data;
  private final int batchSize;
  private final int[] order;
  private final int[] labels;
  private final int[] predictions;
  private int outputs;

  ClassPredictor(Model model, Dataset data, int batchSize) {
    model.requireFits(data);
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch wants at least 1 instance, is " + batchSize);
    }
    this.model = model;
    this.data = data;
    this.batchSize = batchSize;
    this.order = IntStream.range(0, data.size()).toArray();
    this.labels = new int[data.size()];
    this.predictions = new int[data.size()];
  }

  ConfusionMatrix run() {
    for (int at = 0; at < order.length; at += batchSize) {
      predict(at, Math.min(batchSize, order.length - at));
    }
    return ConfusionMatrix.of(labels, predictions, Math.max(2, outputs));
  }

  private void predict(int from, int count) {
    Step step = model.inferenceStep(count);
    FloatBuffer features = step.input(model.features()).asFloatBuffer();
    data.copy(order, from, count, features, IntBuffer.wrap(labels, from, count).slice());
    step.run();
    FloatBuffer scores = step.output(0).asFloatBuffer(); // [count, outputs]
    outputs = scores.capacity() / count;
    for (int row = 0; row < count; row++) {
      predictions[from + row] = predicted(scores, row, from + row);
    }
  }

  private int predicted(FloatBuffer scores, int row, int instance) {
    int best = 0;
    for (int c = 0; c < outputs; c++) {
      float score = scores.get(row * outputs + c);
      if (Float.isNaN(score)) {
        throw new IllegalArgumentException(
            "output "
                + c
                + " of instance "
                + instance
                + " is NaN: it has no predicted class."
                + " Are the model's weights and the data finite?");
      }
      best = score > scores.get(row * outputs + best) ? c : best;
    }
    return outputs > 1 ? best : scores.get(row) >= HALF ? 1 : 0;
  }
}

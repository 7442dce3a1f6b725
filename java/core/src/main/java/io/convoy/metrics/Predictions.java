// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.data.Dataset;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that a model predicts for a data set, and how it does on it, from one pass over it.
 * The predicted class is that of the largest output, the first of equals; of a single output it is
 * 1 from 0.5 on, else 0, as for {@link Metrics#BINARY_ACCURACY}.
 */
public final class Predictions {
  private static final float HALF = 0.5f;

  private final Dataset data;
  private final int[] predicted;
  private final float[] labelOutputs;
  private final float[] predictedOutputs;
  private final Evaluation evaluation;
  private int classes;

  private Predictions(Model model, Dataset data, int batchSize) {
    this.data = data;
    this.predicted = new int[data.size()];
    this.labelOutputs = new float[data.size()];
    this.predictedOutputs = new float[data.size()];
    this.evaluation = model.evaluate(data, batchSize, this::read);
  }

  /**
   * Runs a model over a data set.
   *
   * @param model predicts
   * @param data instances with their true classes
   * @param batchSize instances a step, at least 1
   * @return what it predicts
   * @throws IllegalArgumentException if data and network don't fit, or an output is NaN
   */
  public static Predictions of(Model model, Dataset data, int batchSize) {
    return new Predictions(model, data, batchSize);
  }

  private void read(int from, int count, FloatBuffer outputs) { // [count, outputs]
    int width = outputs.capacity() / count;
    classes = Math.max(2, width);
    for (int row = 0; row < count; row++) {
      int instance = from + row;
      int best = largest(outputs, row * width, width, instance);
      predicted[instance] = width > 1 ? best : outputs.get(row) >= HALF ? 1 : 0;
      predictedOutputs[instance] = output(outputs, row, width, predicted[instance]);
      labelOutputs[instance] = output(outputs, row, width, data.label(instance));
    }
  }

  private static int largest(FloatBuffer outputs, int at, int width, int instance) {
    int best = 0;
    for (int c = 0; c < width; c++) {
      float output = outputs.get(at + c);
      if (Float.isNaN(output)) {
        throw new IllegalArgumentException(
            "output "
                + c
                + " of instance "
                + instance
                + " is NaN: it has no predicted class."
                + " Are the model's weights and the data finite?");
      }
      best = output > outputs.get(at + best) ? c : best;
    }
    return best;
  }

  /** The output for a class; a single output is that for class 1. */
  private static float output(FloatBuffer outputs, int row, int width, int label) {
    float output = outputs.get(row * width + (width > 1 ? label : 0));
    return width == 1 && label == 0 ? 1 - output : output;
  }

  /**
   * Returns how the model does.
   *
   * @return loss and metrics, as {@link Model#evaluate(Dataset, int)} measures them
   */
  public Evaluation evaluation() {
    return evaluation;
  }

  /**
   * Counts which class was predicted as which.
   *
   * @return a matrix of as many classes as the model has outputs, and of 2 for a single output
   */
  public ConfusionMatrix confusion() {
    int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
    return ConfusionMatrix.of(labels, predicted, classes);
  }

  /**
   * Finds the instances that the model gets most wrong: of those whose class it does not predict,
   * those with the lowest output for it, which have the highest cross-entropy.
   *
   * @param limit how many at most
   * @return the worst first
   */
  public List<Mistake> worst(int limit) {
    return IntStream.range(0, predicted.length)
        .filter(i -> predicted[i] != data.label(i))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> labelOutputs[i]))
        .limit(limit)
        .map(this::mistake)
        .toList();
  }

  private Mistake mistake(int instance) {
    return new Mistake(
        instance,
        data.label(instance),
        predicted[instance],
        labelOutputs[instance],
        predictedOutputs[instance]);
  }
}

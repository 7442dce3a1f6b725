// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static io.convoy.layers.ActivationFunction.SIGMOID;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.layers.Dense;
import io.convoy.losses.Loss;
import io.convoy.losses.Losses;
import io.convoy.metrics.ClassScores;
import io.convoy.metrics.ConfusionMatrix;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
import io.convoy.metrics.RocAuc;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Sequential;
import io.convoy.optimizers.Optimizers;
import io.convoy.random.Philox;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics that can't be averaged over batches, against those that see the whole set. */
class SetMetricsTest {
  private static final int SIZE = 203;
  private static final int CLASSES = 5;
  private static final List<Metric> ALL =
      List.of(
          Metrics.PRECISION,
          Metrics.RECALL,
          Metrics.F1_SCORE,
          Metrics.precision(2),
          Metrics.recall(2),
          Metrics.f1Score(2),
          Metrics.AUC);

  /** Class 4 neither occurs nor is predicted; the classes are of uneven size. */
  private static Dataset severalClasses() {
    float[] features = new float[SIZE * CLASSES];
    int[] labels = new int[SIZE];
    Philox random = new Philox(11, 0, 0);
    for (int i = 0; i < SIZE; i++) {
      random.block(i);
      labels[i] = i % 7 < 4 ? 0 : i % 7 - 3;
      for (int c = 0; c < CLASSES; c++) {
        features[i * CLASSES + c] = random.uniform(c % 4) + (c == labels[i] ? 0.4f : 0);
      }
      features[i * CLASSES + 4] = -1;
    }
    return new ArrayDataset(Shape.of(CLASSES), CLASSES, features, labels);
  }

  private static Model passing(int inputs, Dense output, Loss loss, int outputs) {
    Model model =
        new Sequential("passing", input(inputs), output)
            .compile(
                Optimizers.sgd(1e-30),
                loss,
                ALL.stream().filter(m -> outputs > 1 || !m.name().endsWith("_2")).toList(),
                CompileOptions.defaults().device("reference"));
    float[] identity = new float[outputs * outputs];
    for (int i = 0; i < outputs; i++) {
      identity[i * (outputs + 1)] = 1;
    }
    model.setWeights(
        Map.of(
            "dense/kernel", Tensor.of(identity, outputs, outputs),
            "dense/bias", Tensor.of(new float[outputs], outputs)));
    return model;
  }

  private static Model severalOutputs() {
    Dense output = dense(CLASSES).activation(SOFTMAX);
    return passing(CLASSES, output, Losses.SPARSE_CATEGORICAL_CROSSENTROPY, CLASSES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 64, SIZE})
  void theyAreOfTheWholeSetWhateverTheBatches(int batchSize) {
    Dataset data = severalClasses();
    try (Model model = severalOutputs()) {
      ConfusionMatrix matrix = ConfusionMatrix.of(model, data, 50);
      assertScores("", matrix.macroAverage(), model.evaluate(data, batchSize).metrics());
      assertScores("_class_2", matrix.scores(2), model.evaluate(data, batchSize).metrics());
      FitOptions options = FitOptions.epochs(1).batchSize(batchSize);
      Map<String, Double> training = model.fit(data, options).epochs().get(0).training().metrics();
      assertScores("", matrix.macroAverage(), training);
      assertEquals(exactAuc(model, data), training.get("auc"), 1e-3);
    }
  }

  private static void assertScores(String of, ClassScores expected, Map<String, Double> actual) {
    assertEquals(expected.precision(), actual.get("precision" + of), 1e-12);
    assertEquals(expected.recall(), actual.get("recall" + of), 1e-12);
    assertEquals(expected.f1(), actual.get("f1_score" + of), 1e-12);
  }

  /** Of all outputs together, each against whether it is the label's class. */
  private static double exactAuc(Model model, Dataset data) {
    Tensor features = Tensor.zeros(io.convoy.tensor.TensorSpec.f32(SIZE, CLASSES));
    int[] order = java.util.stream.IntStream.range(0, SIZE).toArray();
    java.nio.IntBuffer labels = java.nio.IntBuffer.allocate(SIZE);
    data.copy(order, 0, SIZE, features.floatBuffer(), labels);
    int[] hot = new int[SIZE * CLASSES];
    for (int i = 0; i < SIZE; i++) {
      hot[i * CLASSES + labels.get(i)] = 1;
    }
    return RocAuc.of(model.predict(features).floats(), hot);
  }

  @Test
  void ofASingleOutputTheyAreThoseOfClass1() {
    // Sigmoids of about 0.27, 0.5, 0.73, 0.12, 0.95, 0.05.
    float[] features = {-1, 0, 1, -2, 3, -3};
    Dataset data = new ArrayDataset(Shape.of(1), 2, features, new int[] {0, 0, 1, 1, 1, 0});
    Dense output = dense(1).activation(SIGMOID);
    try (Model model = passing(1, output, Losses.BINARY_CROSSENTROPY, 1)) {
      Map<String, Double> metrics = model.evaluate(data, 4).metrics();
      assertEquals(2.0 / 3, metrics.get("precision"), 1e-12);
      assertEquals(2.0 / 3, metrics.get("recall"), 1e-12);
      assertEquals(2.0 / 3, metrics.get("f1_score"), 1e-12);
      // Of nine pairs, 0.12 is below 0.27 and 0.5.
      assertEquals(7.0 / 9, metrics.get("auc"), 1e-6);
    }
  }

  @Test
  void theyAreFoundByName() {
    for (Metric metric : ALL) {
      assertEquals(metric, Metrics.byName(metric.name()));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Metrics.byName("f1")).getMessage();
    assertTrue(message.contains("f1_score_class_C"), message);
  }

  @Test
  void aClassThatTheNetworkLacksIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new Sequential("n", input(2), dense(2).activation(SOFTMAX))
                        .compile(
                            Optimizers.sgd(1),
                            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                            Metrics.recall(2)))
            .getMessage();
    assertTrue(message.contains("recall_class_2"), message);
  }
}

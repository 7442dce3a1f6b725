// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import static io.convoy.layers.ActivationFunction.SIGMOID;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.layers.Dense;
import io.convoy.losses.Loss;
import io.convoy.losses.Losses;
import io.convoy.metrics.ConfusionMatrix;
import io.convoy.metrics.Metrics;
import io.convoy.metrics.Mistake;
import io.convoy.metrics.Predictions;
import io.convoy.model.CompileOptions;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import io.convoy.model.Sequential;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose weights pass their inputs through, so that predictions are known. */
class ModelConfusionTest {
  /** The largest inputs are those of classes 0, 1, 1, 2, and 0, the first of equals. */
  private static final float[] INPUTS = {3, 1, 2, 0, 2, 1, 1, 5, 1, 0, 0, 4, 2, 2, 2};

  private static final int[] LABELS = {0, 1, 2, 2, 1};

  private static Dataset data(int classes, float[] features, int... labels) {
    return new ArrayDataset(Shape.of(features.length / labels.length), classes, features, labels);
  }

  private static Model model(int inputs, Dense output, Loss loss, float... kernel) {
    Model model =
        new Sequential("passing", input(inputs), output)
            .compile(
                Optimizers.sgd(1),
                loss,
                List.of(Metrics.ACCURACY),
                CompileOptions.defaults().device("reference"));
    int outputs = kernel.length / inputs;
    model.setWeights(
        Map.of(
            "dense/kernel", Tensor.of(kernel, inputs, outputs),
            "dense/bias", Tensor.of(new float[outputs], outputs)));
    return model;
  }

  private static Model passing(float scale) {
    return model(
        3,
        dense(3).activation(SOFTMAX),
        Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
        new float[] {scale, 0, 0, 0, scale, 0, 0, 0, scale});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9})
  void aModelRunsOverADataSetInBatches(int batchSize) {
    Dataset data = data(3, INPUTS, LABELS);
    try (Model model = passing(1)) {
      ConfusionMatrix matrix = ConfusionMatrix.of(model, data, batchSize);
      assertEquals("true,0,1,2\n0,1,0,0\n1,1,1,0\n2,0,1,1\n", matrix.toCsv());
      Evaluation evaluation = model.evaluate(data, batchSize);
      assertEquals(evaluation.accuracy(), matrix.accuracy(), 1e-7);
    }
  }

  @Test
  void itHasAsManyClassesAsTheModelHasOutputs() {
    Dataset data = data(2, new float[] {0, 0, 1}, 1);
    try (Model model = passing(1)) {
      assertEquals("true,0,1,2\n0,0,0,0\n1,0,0,1\n2,0,0,0\n", matrix(model, data).toCsv());
    }
  }

  @Test
  void aSingleOutputIsClass1From0_5On() {
    Dense output = dense(1).activation(SIGMOID);
    Dataset data = data(2, new float[] {-1, 0, 1, -2}, 0, 0, 1, 1);
    try (Model model = model(1, output, Losses.BINARY_CROSSENTROPY, 1)) {
      assertEquals("true,0,1\n0,1,1\n1,1,1\n", matrix(model, data).toCsv());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9})
  void theWorstMistakeIsTheOneWithTheLeastOutputForItsClass(int batchSize) {
    Dataset data = data(3, INPUTS, LABELS);
    try (Model model = passing(1)) {
      Predictions predictions = Predictions.of(model, data, batchSize);
      List<Mistake> worst = predictions.worst(9);
      assertEquals(List.of(2, 4), worst.stream().map(Mistake::instance).toList());
      assertEquals(worst.subList(0, 1), predictions.worst(1));
      Mistake first = worst.get(0);
      assertEquals(2, first.label());
      assertEquals(1, first.predicted());
      double all = Math.exp(5) + 2 * Math.E;
      assertEquals(Math.E / all, first.labelOutput(), 1e-6);
      assertEquals(Math.exp(5) / all, first.predictedOutput(), 1e-6);
      assertEquals(model.evaluate(data, batchSize), predictions.evaluation());
    }
  }

  @Test
  void aSingleOutputIsThatForClass1() {
    Dataset data = data(2, new float[] {-1, 0, 1, -2}, 0, 0, 1, 1);
    try (Model model = model(1, dense(1).activation(SIGMOID), Losses.BINARY_CROSSENTROPY, 1)) {
      Mistake worst = Predictions.of(model, data, 3).worst(1).get(0);
      float output = (float) (1 / (1 + Math.exp(2)));
      assertEquals(3, worst.instance());
      assertEquals(output, worst.labelOutput(), 1e-6);
      assertEquals(1 - output, worst.predictedOutput(), 1e-6);
    }
  }

  @Test
  void whatLayersPutOutCanBeSeen() {
    try (Model model = passing(2)) {
      Tensor instances = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      Map<String, Tensor> outputs = model.outputs(instances, List.of("dense", "input"));
      assertEquals(List.of("dense", "input"), List.copyOf(outputs.keySet()));
      assertArrayEquals(instances.floats(), outputs.get("input").floats());
      assertArrayEquals(model.predict(instances).floats(), outputs.get("dense").floats(), 1e-6f);
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> model.outputs(instances, List.of("conv2d")))
              .getMessage();
      assertTrue(message.contains("no layer 'conv2d'; it has [input, dense]"), message);
    }
  }

  @Test
  void badInputIsRefused() {
    try (Model model = passing(1)) {
      assertRefused(model, data(3, new float[] {1, 2}, 0), 1, "'passing' wants [?, 3]");
      assertRefused(model, data(4, INPUTS, LABELS), 1, "4 classes", "only 3 outputs");
      assertRefused(model, data(3, INPUTS, LABELS), 0, "at least 1 instance, is 0");
    }
    try (Model broken = passing(Float.NaN)) {
      assertRefused(broken, data(3, INPUTS, LABELS), 2, "of instance 0 is NaN", "finite");
    }
  }

  private static ConfusionMatrix matrix(Model model, Dataset data) {
    return ConfusionMatrix.of(model, data, 3);
  }

  private static void assertRefused(Model model, Dataset data, int batchSize, String... texts) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> ConfusionMatrix.of(model, data, batchSize))
            .getMessage();
    for (String text : texts) {
      assertTrue(message.contains(text), message);
    }
  }
}

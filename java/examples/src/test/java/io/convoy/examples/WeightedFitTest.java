// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.ArrayDataset;
import io.convoy.data.ClassWeights;
import io.convoy.data.Dataset;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss of an instance times a weight: as if the instance stood so often in the batch. */
class WeightedFitTest {
  /** Of classes 0, 1, 2 and 0. */
  private static final Dataset FOUR = SmallFit.DATA.range(0, 4);

  private static final FitOptions ONE_STEP = FitOptions.epochs(1).batchSize(4).shuffle(false);

  /** Copies of instances. */
  private static Dataset copies(int... instances) {
    Shape shape = SmallFit.DATA.instanceShape();
    FloatBuffer features = FloatBuffer.allocate(instances.length * (int) shape.elements());
    IntBuffer labels = IntBuffer.allocate(instances.length);
    FOUR.copy(instances, 0, instances.length, features, labels);
    return new ArrayDataset(shape, 3, features.array(), labels.array());
  }

  private static Map<String, Tensor> weightsAfter(Dataset data, FitOptions options, String device) {
    try (Model model = SmallFit.compile(Optimizers.sgd(0.5), device)) {
      model.fit(data, options);
      return model.weights();
    }
  }

  private static void assertClose(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    expected.forEach(
        (name, w) -> assertArrayEquals(w.floats(), actual.get(name).floats(), 1e-6f, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void weightsOfInstances(String device) {
    Map<String, Tensor> expected = weightsAfter(copies(0, 0, 1, 2), ONE_STEP, device);
    Dataset weighted = FOUR.weighted(new float[] {2, 1, 1, 0});
    assertClose(expected, weightsAfter(weighted, ONE_STEP, device));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void weightsOfClasses(String device) {
    Map<String, Tensor> expected = weightsAfter(copies(0, 3, 2, 2), ONE_STEP, device);
    FitOptions options = ONE_STEP.classWeight(Map.of(1, 0.0, 2, 2.0));
    assertClose(expected, weightsAfter(FOUR, options, device));
  }

  @Test
  void bothAreMultiplied() {
    Map<String, Tensor> expected = weightsAfter(copies(2, 2, 2, 2), ONE_STEP, "cpu");
    Dataset weighted = FOUR.weighted(new float[] {0, 1, 2, 0});
    FitOptions options = ONE_STEP.classWeight(Map.of(1, 0.0, 2, 2.0));
    assertClose(expected, weightsAfter(weighted, options, "cpu"));
  }

  @Test
  void theyLastThroughPartsAndCountInTheLossOfAnEvaluation() {
    Dataset part = FOUR.weighted(new float[] {7, 4, 2, 0}).range(1, 4).cache();
    try (Model model = SmallFit.compile(Optimizers.sgd(1), "cpu")) {
      double expected = 0;
      for (int i = 1; i < 4; i++) {
        expected += new float[] {7, 4, 2, 0}[i] * model.evaluate(FOUR.range(i, i + 1), 1).loss();
      }
      assertEquals(expected / 3, model.evaluate(part, 2).loss(), 1e-5);
      double plain = model.evaluate(FOUR.range(1, 4), 2).accuracy();
      assertEquals(plain, model.evaluate(part, 2).accuracy());
    }
  }

  @Test
  void balancedWeightsAreScikitLearns() {
    // n / (k count): 4 / (3 * 2), 4 / (3 * 1).
    assertEquals(Map.of(0, 4 / 6.0, 1, 4 / 3.0, 2, 4 / 3.0), ClassWeights.balanced(FOUR));
    assertEquals(Map.of(0, 1.0, 1, 1.0), ClassWeights.balanced(FOUR.range(0, 2)));
  }

  @Test
  void badWeightsAreRefused() {
    assertRefused("3 weights for 4 instances", () -> FOUR.weighted(new float[3]));
    assertRefused("instance 1 is NaN", () -> FOUR.weighted(new float[] {1, Float.NaN, 1, 1}));
    assertRefused("class 2 is -1.0", () -> ONE_STEP.classWeight(Map.of(2, -1.0)));
    assertRefused(
        "class 3 has a weight, but the data's classes are 0 to 2",
        () -> weightsAfter(FOUR, ONE_STEP.classWeight(Map.of(3, 1.0)), "cpu"));
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}

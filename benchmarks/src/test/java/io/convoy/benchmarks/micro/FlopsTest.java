// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of the workshop's net, counted by hand, fused (cpu) or not (reference). */
class FlopsTest {
  private static final double CONV1 = 2.0 * 26 * 26 * 32 * 9;
  private static final double FORWARD =
      CONV1 + 2.0 * 11 * 11 * 64 * 9 * 32 + 2.0 * 1600 * 1024 + 2.0 * 1024 * 10;

  private static Model workshop(String device) {
    return Zoo.byName("workshop", Shape.of(28, 28, 1), 10)
        .compile(
            Optimizers.adam(1e-3),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(),
            CompileOptions.defaults().device(device));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void inferenceIsForward(String device) {
    try (Model model = workshop(device)) {
      assertEquals(3 * FORWARD, Flops.of(model.inferenceStep(3).program()));
    }
  }

  /** Backward makes two products for each of forward's, but no gradient of the images. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void trainingIsThreeTimesForwardLessOne(String device) {
    try (Model model = workshop(device)) {
      assertEquals(3 * FORWARD - CONV1, Flops.of(model.trainingStep(1).program()));
    }
  }

  @Test
  void everySceneHasItsOwnName() {
    List<String> names = OpScenes.all().stream().map(OpScene::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
  }
}

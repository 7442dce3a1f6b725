// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.compile.Precision;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The steps of the known networks' training on a GPU of 132 multiprocessors: launches with their
 * grids and arguments, library calls with their shapes, and the arena's bytes, against files that
 * are checked in. A change that is meant changes the file too: the message holds the new text.
 */
class KnownPlansTest {
  @ParameterizedTest
  @CsvSource({
    "workshop, 28, 1, 128",
    "lenet5, 28, 1, 128",
    "mlp, 28, 1, 128",
    "resnet18, 32, 3, 64"
  })
  void trainingStepIsTheKnownOne(String name, int size, int channels, int batch)
      throws IOException {
    try (Model model = model(name, size, channels, Precision.FP32)) {
      assertEquals(known(name + "-train-" + batch + ".txt"), model.trainingStep(batch).dump());
    }
  }

  private static Model model(String name, int size, int channels, Precision precision) {
    return Zoo.byName(name, Shape.of(size, size, channels), 10)
        .compile(
            Optimizers.adam(1e-3),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            CompileOptions.defaults().device(PlanningProvider.NAME).precision(precision));
  }

  @ParameterizedTest
  @CsvSource({
    "workshop, 28, 1, 128, TF32",
    "workshop, 28, 1, 128, BF16",
    "workshop, 28, 1, 128, FP16",
    "resnet18, 32, 3, 64, BF16"
  })
  void inOtherPrecisionsToo(String name, int size, int channels, int batch, Precision precision)
      throws IOException {
    try (Model model = model(name, size, channels, precision)) {
      String file = name + "-train-" + batch + "-" + precision.label() + ".txt";
      assertEquals(known(file), model.trainingStep(batch).dump());
    }
  }

  private static String known(String file) throws IOException {
    try (InputStream in = KnownPlansTest.class.getResourceAsStream(file)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

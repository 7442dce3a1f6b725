// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.EmulatedTrainingTest.train;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.ActivationFunction.TANH;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.averagePooling2D;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.compile.Precision;
import io.convoy.layers.LayerOutput;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.Checkpoint;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Position;
import io.convoy.ops.Padding;
import io.convoy.optimizers.LossScale;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.DType;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training in other precisions than fp32 on the emulator. */
class EmulatedPrecisionTest {
  private static final int STEPS = 6;
  private static final long SEED = 5;

  @BeforeAll
  static void requireEmulator() {
    EmulatedTrainingTest.requireEmulator();
  }

  /** Smooth: where elements nearly tie, a rounding would send a whole gradient another way. */
  private static Network network() {
    LayerOutput in = input(12, 12, 3).apply();
    LayerOutput stem = conv2D(8, 3).strides(2).padding(Padding.SAME).activation(TANH).apply(in);
    LayerOutput branch =
        batchNormalization().apply(conv2D(8, 3).padding(Padding.SAME).useBias(false).apply(stem));
    LayerOutput joined = dropout(0.2).apply(add().apply(stem, branch));
    LayerOutput pooled = averagePooling2D(2).apply(joined);
    return new Network("smooth", in, dense(10).activation(SOFTMAX).apply(flatten().apply(pooled)));
  }

  private static Model model(Optimizer optimizer, String device, Precision precision) {
    return network()
        .compile(
            optimizer,
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            CompileOptions.defaults().device(device).seed(3).precision(precision));
  }

  /**
   * Step by step beside the reference, which rounds where the program does. A number that falls on
   * its neighbour moves those behind it, cuDNN's gradients of filters have 16 bits, and factors in
   * TF32 11: by the largest element of each tensor, 2 steps of the type at 1.
   */
  @ParameterizedTest
  @CsvSource({"TF32, 0x1p-9", "BF16, 0x1p-6", "FP16, 0x1p-9"})
  void stateIsTheReferences(Precision precision, double tolerance) {
    Optimizer optimizer = Optimizers.momentum(1e-2, 0.9, false).clipNorm(2);
    try (Model expected = model(optimizer, "reference", precision);
        Model actual = model(optimizer, EmulatedProvider.NAME, precision)) {
      Random random = new Random(SEED);
      Random same = new Random(SEED);
      for (int i = 0; i < STEPS; i++) {
        train(expected, random, 1);
        train(actual, same, 1);
        assertClose("step " + i + ", ", expected.state(), actual.state(), tolerance);
      }
    }
  }

  private static void assertClose(
      String what, Map<String, Tensor> expected, Map<String, Tensor> actual, double tolerance) {
    expected.forEach(
        (name, tensor) -> {
          if (tensor.spec().dtype() == DType.FLOAT32) {
            EmulatedTrainingTest.assertClose(
                what + name, tensor.floats(), actual.get(name).floats(), tolerance);
          }
        });
  }

  /** What is skipped is skipped whole, and the scale halves until nothing overflows. */
  @Test
  void anOverflowSkipsTheStep() {
    Optimizer optimizer = Optimizers.adam(1e-2).lossScale(new LossScale(0x1p24f, 3));
    try (Model model = model(optimizer, EmulatedProvider.NAME, Precision.FP16)) {
      Map<String, Tensor> before = model.state();
      train(model, new Random(SEED), 1);
      Map<String, Tensor> after = model.state();
      assertEquals(0x1p23f, after.get(LossScale.SCALE).item());
      before.forEach(
          (name, tensor) -> {
            // The loss is finite, so statistics and sums go on.
            boolean goesOn = name.contains("moving") || name.startsWith("sums/");
            if (!goesOn && !name.equals(LossScale.SCALE)) {
              assertEquals(tensor.bytes(), after.get(name).bytes(), name);
            }
          });
      train(model, new Random(SEED), 19);
      int done = model.state().get("iterations").ints()[0];
      assertTrue(done > 3 && done < 20, done + " steps were done");
    }
  }

  @Test
  void aResumedRunMakesTheSameBits(@TempDir Path folder) throws IOException {
    Optimizer optimizer = Optimizers.adam(1e-2).lossScale(new LossScale(0x1p24f, 3));
    Path file = folder.resolve("checkpoint.safetensors");
    try (Model straight = model(optimizer, EmulatedProvider.NAME, Precision.FP16);
        Model halted = model(optimizer, EmulatedProvider.NAME, Precision.FP16);
        Model resumed = model(optimizer, EmulatedProvider.NAME, Precision.FP16)) {
      train(straight, new Random(SEED), 20);
      Random random = new Random(SEED);
      train(halted, random, 11);
      Checkpoint.save(halted, new Position(0, 11, 0, List.of()), file);
      Checkpoint.load(file).restore(resumed);
      train(resumed, random, 9);
      Map<String, Tensor> expected = straight.state();
      resumed
          .state()
          .forEach((name, t) -> assertEquals(expected.get(name).bytes(), t.bytes(), name));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.FlipMode.HORIZONTAL;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.averagePooling2D;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;
import static io.convoy.layers.Layers.mixUp;
import static io.convoy.layers.Layers.randomFlip;
import static io.convoy.layers.Layers.randomRotation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.backend.Availability;
import io.convoy.data.Dataset;
import io.convoy.data.ImageDataset;
import io.convoy.layers.LayerOutput;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Evaluation;
import io.convoy.model.FitOptions;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole training steps on the emulator beside the reference: a plan's memory, its kernels and their
 * order, and state that lasts from step to step.
 */
class EmulatedTrainingTest {
  private static final int BATCH = 6;
  private static final int SIDE = 12;
  private static final int STEPS = 6;

  @BeforeAll
  static void requireEmulator() {
    assumeTrue(
        new EmulatedProvider().probe() instanceof Availability.Available,
        "the emulator was not built: cmake -S . -B target/cmake && cmake --build target/cmake");
  }

  static Stream<Arguments> optimizers() {
    Map<String, Optimizer> optimizers =
        Map.of(
            "adam",
                Optimizers.adam(1e-2)
                    .schedule(new Schedule.WarmUp(2, new Schedule.CosineDecay(STEPS, 0)))
                    .clipNorm(0.5f),
            "adamW", Optimizers.adamW(1e-2, 0.1),
            "nesterov", Optimizers.momentum(1e-2, 0.9, true),
            "rmsProp", Optimizers.rmsProp(1e-3),
            "averaged", Optimizers.adam(1e-2).ema(0.75));
    return optimizers.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  /**
   * No bias before batch norm: its gradient is 0, so an optimizer would follow the rounding.
   *
   * <p>Augmentation, a branch that is added, batch norm, dropout, strides with uneven padding, both
   * poolings.
   */
  static Network network() {
    LayerOutput in = input(SIDE, SIDE, 3).apply();
    LayerOutput moved = randomRotation(0.05).apply(randomFlip(HORIZONTAL).apply(in));
    LayerOutput mixed = mixUp(0.4).apply(moved);
    LayerOutput stem = conv2D(8, 3).strides(2).padding(Padding.SAME).activation(RELU).apply(mixed);
    LayerOutput branch =
        batchNormalization().apply(conv2D(8, 3).padding(Padding.SAME).useBias(false).apply(stem));
    LayerOutput joined = dropout(0.2).apply(add().apply(stem, branch));
    LayerOutput pooled = averagePooling2D(2).apply(maxPooling2D(2).strides(1).apply(joined));
    return new Network("small", in, dense(10).activation(SOFTMAX).apply(flatten().apply(pooled)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void stateIsTheReferences(String name, Optimizer optimizer) {
    Map<String, Tensor> expected = stateAfterTraining(optimizer, "reference");
    Map<String, Tensor> actual = stateAfterTraining(optimizer, EmulatedProvider.NAME);
    assertEquals(expected.keySet(), actual.keySet());
    for (Map.Entry<String, Tensor> e : expected.entrySet()) {
      if (e.getValue().spec().dtype() == DType.FLOAT32) {
        assertClose(e.getKey(), e.getValue().floats(), actual.get(e.getKey()).floats());
      }
    }
  }

  /** fp32 against double: a step passes rounding on to the next, so by the largest element. */
  private static void assertClose(String name, float[] expected, float[] actual) {
    assertClose(name, expected, actual, 1e-4);
  }

  static void assertClose(String name, float[] expected, float[] actual, double tolerance) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance * largest, name + " at " + i);
    }
  }

  private static Model model(Optimizer optimizer, String device) {
    return network()
        .compile(
            optimizer,
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY, Metrics.F1_SCORE, Metrics.AUC),
            CompileOptions.defaults().device(device).seed(3));
  }

  private static Map<String, Tensor> stateAfterTraining(Optimizer optimizer, String device) {
    try (Model model = model(optimizer, device)) {
      train(model, new Random(5), STEPS);
      return model.state();
    }
  }

  /** Random batches, as many as steps. */
  static void train(Model model, Random random, int steps) {
    Step step = model.trainingStep(BATCH);
    FloatBuffer images = step.input(model.features()).asFloatBuffer();
    for (int i = 0; i < steps; i++) {
      for (int at = 0; at < images.capacity(); at++) {
        images.put(at, random.nextFloat());
      }
      for (int n = 0; n < BATCH; n++) {
        step.input(model.labels()).putInt(n * Integer.BYTES, random.nextInt(10));
      }
      step.run();
    }
  }

  static Stream<FitOptions> options() {
    FitOptions plain = FitOptions.epochs(2).batchSize(BATCH);
    FitOptions weighted = plain.classWeight(Map.of(3, 2.0, 7, 0.5));
    return Stream.of(plain, weighted, weighted.batchSize(4).accumulate(2));
  }

  @ParameterizedTest
  @MethodSource("options")
  void aDataSetOnTheDeviceTrainsLikeOneThatIsFed(FitOptions given) {
    byte[] pixels = new byte[20 * SIDE * SIDE * 3];
    new Random(9).nextBytes(pixels);
    int[] labels = IntStream.range(0, 20).map(i -> i * 7 % 10).toArray();
    Dataset data = new ImageDataset(Shape.of(SIDE, SIDE, 3), 10, pixels, labels).shuffle(4);
    FitOptions options = given.validation(data.range(0, 3));
    try (Model fed = model(Optimizers.momentum(1e-2, 0.9, false), "reference");
        Model gathered = model(Optimizers.momentum(1e-2, 0.9, false), EmulatedProvider.NAME)) {
      History expected = fed.fit(data.range(3, 20), options); // two batches and a smaller one
      History actual = gathered.fit(data.range(3, 20), options);
      for (String name : fed.weights().keySet()) {
        assertClose(name, fed.weights().get(name).floats(), gathered.weights().get(name).floats());
      }
      Evaluation before = expected.epochs().get(1).validation().orElseThrow();
      Evaluation now = actual.epochs().get(1).validation().orElseThrow();
      assertEquals(before.loss(), now.loss(), 1e-4 * before.loss());
      before
          .metrics()
          .forEach((name, value) -> assertEquals(value, now.metrics().get(name), 1e-9, name));
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.backend.Availability;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.data.ImageDataset;
import io.convoy.data.PackedImages;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.NonFiniteLossException;
import io.convoy.model.Position;
import io.convoy.model.Sequential;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits of data that lies on the device, which counts the batches itself. */
class GatheredFitTest {
  private static final int SIDE = 4;
  private static final int CLASSES = 3;
  private static final String REFERENCE = "reference"; // is fed

  @BeforeEach
  void forget() {
    PlanningProvider.CALLS.clear();
  }

  private static Model model(String device) {
    return new Sequential(
            "small",
            input(SIDE, SIDE, 1),
            conv2D(2, 3),
            flatten(),
            dense(CLASSES).activation(SOFTMAX))
        .compile(
            Optimizers.momentum(1e-2, 0.9, false),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            CompileOptions.defaults().device(device).seed(3));
  }

  private static Model emulated() {
    assumeTrue(
        new EmulatedProvider().probe() instanceof Availability.Available,
        "the emulator was not built: cmake -S . -B target/cmake && cmake --build target/cmake");
    return model(EmulatedProvider.NAME);
  }

  private static Dataset data(int instances) {
    byte[] pixels = new byte[instances * SIDE * SIDE];
    new Random(9).nextBytes(pixels);
    int[] labels = new int[instances];
    for (int i = 0; i < instances; i++) {
      labels[i] = i * 7 % CLASSES;
    }
    return new ImageDataset(Shape.of(SIDE, SIDE, 1), CLASSES, pixels, labels);
  }

  private static void assertClose(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    expected.forEach(
        (name, value) -> assertArrayEquals(value.floats(), actual.get(name).floats(), 1e-4f, name));
  }

  private static void assertClose(Evaluation expected, Evaluation actual) {
    assertEquals(expected.loss(), actual.loss(), 1e-4 * expected.loss());
    assertEquals(expected.metrics(), actual.metrics());
  }

  /** Stops after a step, and evaluates on the way, on the data that is trained on. */
  private static final class Stop implements Callback {
    private final int epoch;
    private final int step;
    private final Dataset data;
    private final List<Double> losses = new ArrayList<>();
    private Position position;

    Stop(int epoch, int step, Dataset data) {
      this.epoch = epoch;
      this.step = step;
      this.data = data;
    }

    @Override
    public void onBatchEnd(Fit fit) {
      losses.add(fit.loss());
      losses.add(fit.model().evaluate(data, 3).loss());
      if (fit.epoch() == epoch && fit.step() == step) {
        position = fit.position();
        fit.stop();
      }
    }
  }

  @Test
  void goesOnInTheMiddleOfAnEpoch() {
    Dataset data = data(17); // three batches and a smaller one
    FitOptions options = FitOptions.epochs(2).batchSize(5).validation(data.range(2, 9));
    Stop stop = new Stop(2, 2, data);
    Map<String, Tensor> state;
    try (Model interrupted = emulated()) {
      interrupted.fit(data, options.callbacks(stop));
      state = interrupted.state();
    }
    try (Model whole = model(REFERENCE);
        Model resumed = emulated()) {
      Stop never = new Stop(0, 0, data);
      Evaluation expected = whole.fit(data, options.callbacks(never)).epochs().get(1).training();
      resumed.setState(state);
      Evaluation actual = resumed.fit(data, options.from(stop.position)).epochs().get(1).training();
      assertClose(whole.weights(), resumed.weights());
      assertClose(expected, actual);
      assertEquals(12, stop.losses.size());
      for (int i = 0; i < 12; i++) {
        assertEquals(never.losses.get(i), stop.losses.get(i), 1e-4, "loss " + i);
      }
    }
  }

  /** Every instance two times. */
  private record Twice(Dataset once) implements Dataset {
    @Override
    public int size() {
      return 2 * once.size();
    }

    @Override
    public Shape instanceShape() {
      return once.instanceShape();
    }

    @Override
    public int classes() {
      return once.classes();
    }

    @Override
    public int label(int index) {
      return once.label(index / 2);
    }

    @Override
    public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
      once.copy(index / 2, row, features, labels);
    }

    @Override
    public Optional<PackedImages.Part> packed() {
      return once.packed().map(p -> new PackedImages.Part(p.images(), i -> i / 2));
    }
  }

  /** Of sizes that share a plan, and of one that takes more than there is. */
  @Test
  void partsOfOneDataSet() {
    Dataset data = data(12);
    Dataset twice = new Twice(data);
    try (Model fed = model(REFERENCE);
        Model gathered = emulated()) {
      for (Dataset part : List.of(data.range(1, 8), data.range(4, 12), twice, data)) {
        FitOptions options = FitOptions.epochs(1).batchSize(4);
        assertClose(
            fed.fit(part, options).epochs().get(0).training(),
            gathered.fit(part, options).epochs().get(0).training());
        assertClose(fed.evaluate(part, 5), gathered.evaluate(part, 5));
      }
      assertClose(fed.weights(), gathered.weights());
    }
  }

  /** What a GPU is asked for: at the beginning of an epoch, by each step, and to see the loss. */
  @Test
  void aStepIsOneRunThatCopiesNothing() {
    Dataset data = data(160);
    try (Model model = model(PlanningProvider.NAME)) {
      model.fit(
          data,
          FitOptions.epochs(2)
              .batchSize(2)
              .callbacks(
                  new Callback() {
                    @Override
                    public void onEpochBegin(Fit fit) {
                      List<String> calls = PlanningProvider.CALLS;
                      assertEquals(
                          List.of("write 640 B", "write 4 B"), // order and position
                          calls.subList(calls.size() - 2, calls.size()));
                      calls.clear();
                    }

                    @Override
                    public void onEpochEnd(Fit fit, EpochResult result) {
                      assertEquals(80, fit.steps());
                      assertEquals(expectedCalls(80), PlanningProvider.CALLS);
                    }
                  }));
    }
  }

  private static List<String> expectedCalls(int steps) {
    List<String> calls = new ArrayList<>(Collections.nCopies(steps, "run, 0 up, 0 down"));
    calls.add(64, "run, 0 up, 1 down"); // the loss, for the next look
    calls.add(64, "await"); // what was asked for 32 steps ago
    calls.add(32, "run, 0 up, 1 down");
    calls.add("await");
    calls.addAll(Collections.nCopies(3, "read 4 B")); // to look at the loss, and the two means
    return calls;
  }

  private static Map<String, Tensor> poisoned(Model model) {
    Map<String, Tensor> weights = model.weights();
    weights.get("dense/kernel").floatBuffer().put(0, Float.NaN);
    return weights;
  }

  /** A look sees the loss of the look before, and the exception says no more than is known. */
  @ParameterizedTest
  @CsvSource({"0, 64, 1, 32", "10, 64, 1, 32", "40, 96, 33, 64", "90, 100, 65, 96"})
  void noNumberIsFoundALookLater(int poisonedAfter, int foundAfter, int first, int last) {
    assertFound(REFERENCE, poisonedAfter, foundAfter, first, last);
  }

  @Test
  void onTheEmulatorToo() {
    emulated().close();
    assertFound(EmulatedProvider.NAME, 40, 96, 33, 64);
  }

  private static void assertFound(
      String device, int poisonedAfter, int foundAfter, int first, int last) {
    int[] steps = new int[1];
    Callback poison =
        new Callback() {
          @Override
          public void onBatchEnd(Fit fit) {
            steps[0] = fit.step();
            if (fit.step() == poisonedAfter) {
              fit.model().setWeights(poisoned(fit.model()));
            }
          }
        };
    try (Model model = model(device)) {
      if (poisonedAfter == 0) {
        model.setWeights(poisoned(model));
      }
      FitOptions options = FitOptions.epochs(1).batchSize(1).callbacks(poison);
      NonFiniteLossException e =
          assertThrows(NonFiniteLossException.class, () -> model.fit(data(100), options));
      assertEquals(foundAfter - 1, steps[0], "the callbacks of the last step don't see it");
      String range = "in epoch 1, between steps " + first + " and " + last + ";";
      assertTrue(e.getMessage().contains(range), e.getMessage());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.ActivationFunction.TANH;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.convoy.backend.Executable;
import io.convoy.backend.Variables;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.compile.Compiler;
import io.convoy.compile.Precision;
import io.convoy.cuda.emulator.EmulatedDriver;
import io.convoy.data.Dataset;
import io.convoy.data.ImageDataset;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Sequential;
import io.convoy.nn.Nn;
import io.convoy.optimizers.LossScale;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.session.Feed;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies of variables in 16 bits are what a cast would make, whatever changed a variable. */
class HalfCopyTest {
  private static final int SIDE = 6;
  private static final int CLASSES = 3;
  private static final int BATCH = 4;
  private static final long SEED = 7;

  /** What a refresh of copies is to the planning GPU, and every other run without inputs. */
  private static final String RUN = "run, 0 up, 0 down";

  @BeforeEach
  void requireEmulator() {
    EmulatedTrainingTest.requireEmulator();
    PlanningProvider.CALLS.clear();
  }

  private static Model model(Optimizer optimizer, Precision precision, String device) {
    return new Sequential(
            "small",
            input(SIDE, SIDE, 1),
            conv2D(5, 3).activation(TANH),
            flatten(),
            dense(CLASSES).activation(SOFTMAX))
        .compile(
            optimizer,
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(),
            CompileOptions.defaults().device(device).seed(3).precision(precision));
  }

  private static Model emulated(Optimizer optimizer, Precision precision) {
    return model(optimizer, precision, EmulatedProvider.NAME);
  }

  private static void train(Model model, Random random) {
    Step step = model.trainingStep(BATCH);
    FloatBuffer images = step.input(model.features()).asFloatBuffer();
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, random.nextFloat());
    }
    for (int n = 0; n < BATCH; n++) {
      step.input(model.labels()).putInt(n * Integer.BYTES, random.nextInt(CLASSES));
    }
    step.run();
  }

  private static Tensor images() {
    Tensor images = Tensor.zeros(TensorSpec.f32(BATCH, SIDE, SIDE, 1));
    Random random = new Random(SEED);
    for (int i = 0; i < images.floatBuffer().capacity(); i++) {
      images.floatBuffer().put(i, random.nextFloat());
    }
    return images;
  }

  private static Dataset data() {
    byte[] pixels = new byte[16 * SIDE * SIDE];
    new Random(SEED).nextBytes(pixels);
    int[] labels = new int[16];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i * 7 % CLASSES;
    }
    return new ImageDataset(Shape.of(SIDE, SIDE, 1), CLASSES, pixels, labels);
  }

  /** By the host, which makes all copies stale. */
  private static void writeAgain(Model model) {
    model.setState(model.state());
  }

  private static void assertSameBits(Model expected, Model actual) {
    Map<String, Tensor> state = actual.state();
    expected.state().forEach((name, t) -> assertEquals(t.bytes(), state.get(name).bytes(), name));
    assertEquals(expected.predict(images()).bytes(), actual.predict(images()).bytes());
  }

  static Stream<Arguments> trainings() {
    Optimizer scaled = Optimizers.adam(1e-2).lossScale(new LossScale(0x1p24f, 3));
    return Stream.of(
        Arguments.of(Precision.BF16, Optimizers.sgd(0.1)),
        Arguments.of(Precision.BF16, Optimizers.momentum(1e-2, 0.9, true)),
        Arguments.of(Precision.FP16, Optimizers.rmsProp(1e-3)),
        Arguments.of(Precision.BF16, Optimizers.adam(1e-2).ema(0.75)),
        Arguments.of(Precision.FP16, scaled)); // whose first steps overflow
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void updatesWriteWhatACastWouldMake(Precision precision, Optimizer optimizer) {
    try (Model cast = emulated(optimizer, precision);
        Model written = emulated(optimizer, precision)) {
      Random random = new Random(SEED);
      Random same = new Random(SEED);
      for (int i = 0; i < 6; i++) {
        writeAgain(cast);
        train(cast, random);
        train(written, same);
      }
      assertSameBits(cast, written);
    }
  }

  /** Beside a model whose copies are new. */
  @Test
  void theHostsWritesAreRead() {
    Optimizer optimizer = Optimizers.momentum(1e-2, 0.9, false);
    try (Model old = emulated(optimizer, Precision.BF16);
        Model fresh = emulated(optimizer, Precision.BF16);
        Model other = emulated(optimizer, Precision.BF16)) {
      Tensor before = old.predict(images());
      train(old, new Random(SEED));
      train(other, new Random(2 * SEED));
      train(other, new Random(3 * SEED));
      old.setState(other.state());
      fresh.setState(other.state());
      assertFalse(before.bytes().equals(old.predict(images()).bytes()));
      assertSameBits(fresh, old);
      old.setState(other.state());
      train(old, new Random(SEED));
      train(fresh, new Random(SEED));
      assertSameBits(fresh, old);
    }
  }

  /** Writes everything again behind each step. */
  private static final class Writes implements Callback {
    @Override
    public void onBatchEnd(Fit fit) {
      writeAgain(fit.model());
    }
  }

  /** The update that ends a step over several batches was prepared before there were copies. */
  @Test
  void updatesThatKnowNoCopyLeaveItStale() {
    FitOptions options = FitOptions.epochs(2).batchSize(BATCH).accumulate(2);
    try (Model cast = emulated(Optimizers.adam(1e-2), Precision.BF16);
        Model actual = emulated(Optimizers.adam(1e-2), Precision.BF16)) {
      cast.fit(data(), options.callbacks(new Writes()));
      actual.fit(data(), options);
      assertSameBits(cast, actual);
    }
  }

  @Test
  void assignmentsAreRead() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(1, 2));
    Value w = graph.variable("w", Shape.of(2, 1), Initializer.constant(3));
    Value y = Nn.matmul(x, w);
    Value assigned = Nn.assignAdd(w, Nn.multiply(w, graph.constant(1)));
    Feed ones = Feed.feed(x, Tensor.of(new float[] {1, 1}, 1, 2));
    try (Session session =
        new Session(graph, new CudaBackend(new EmulatedDriver().open(0)), Precision.BF16)) {
      assertEquals(6, session.run(y, ones).item());
      session.run(assigned);
      assertEquals(12, session.run(y, ones).item());
      // In one run everything reads what was there at its start.
      assertEquals(12, session.run(List.of(y, assigned), ones).get(0).item());
      assertEquals(24, session.run(List.of(y, assigned), ones).get(0).item());
      assertEquals(48, session.run(y, ones).item());
    }
  }

  /** An update that is skipped by an overflow does not make up for the write before it. */
  @Test
  void skippedUpdatesLeaveStaleCopiesStale() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(1, 1));
    Value dw = graph.placeholder("dw", DType.FLOAT32, Shape.of(1, 1));
    Value w = graph.variable("w", Shape.of(1, 1), Initializer.constant(3));
    Value y = Nn.matmul(x, w);
    Optimizer optimizer = Optimizers.sgd(1).lossScale(new LossScale(1, 100));
    Value step = optimizer.bind(graph, List.of(w)).step(List.of(dw), List.of());
    Feed one = Feed.feed(x, Tensor.of(new float[] {1}, 1, 1));
    try (Session session =
        new Session(graph, new CudaBackend(new EmulatedDriver().open(0)), Precision.FP16)) {
      assertEquals(3, session.run(y, one).item());
      session.write(w, Tensor.of(new float[] {5}, 1, 1));
      session.run(step, Feed.feed(dw, Tensor.of(new float[] {Float.POSITIVE_INFINITY}, 1, 1)));
      assertEquals(5, session.run(y, one).item());
      session.run(step, Feed.feed(dw, Tensor.of(new float[] {1}, 1, 1)));
      assertEquals(3, session.run(y, one).item()); // the scale was halved: 5 - 2
    }
  }

  /** A session has one precision, but nothing in a backend says so. */
  @Test
  void twoPrecisionsOfAVariableAreTwoCopies() {
    Graph graph = new Graph(1);
    Value x = graph.placeholder("x", DType.FLOAT32, Shape.of(1, 1));
    Value w = graph.variable("w", Shape.of(1, 1), Initializer.constant(0));
    Value y = Nn.matmul(x, w);
    Value step = Optimizers.sgd(1).minimize(Nn.reduceMean(y));
    try (CudaBackend backend = new CudaBackend(new EmulatedDriver().open(0));
        Variables variables = backend.variables()) {
      graph.variables().forEach(v -> variables.declare(v.name(), v.spec()));
      write(variables, "w", 1 + 0x1p-7f + 0x1p-10f);
      write(variables, Optimizer.LEARNING_RATE, 0x1p-10f);
      try (Executable bf16 = prepared(List.of(y, step), Precision.BF16, backend, variables);
          Executable fp16 = prepared(List.of(y), Precision.FP16, backend, variables)) {
        assertEquals(1 + 0x1p-7f, run(bf16));
        assertEquals(1 + 0x1p-7f, run(fp16));
        assertEquals(1 + 0x1p-7f, run(bf16));
        assertEquals(1 + 0x1p-7f - 0x1p-10f, run(fp16));
      }
    }
  }

  private static void write(Variables variables, String name, float value) {
    variables.write(name, Tensor.scalar(value).bytes());
  }

  private static Executable prepared(
      List<Value> fetches, Precision precision, CudaBackend backend, Variables variables) {
    return backend.prepare(Compiler.compile(fetches, Map.of(), backend, precision), variables);
  }

  /** With an x of 1. */
  private static float run(Executable executable) {
    ByteBuffer x = executable.input(0);
    x.putFloat(0, 1);
    executable.run();
    return executable.output(0).getFloat(0);
  }

  private static long refreshes() {
    return PlanningProvider.CALLS.stream().filter(RUN::equals).count();
  }

  /** Batches are fed here, so that no other run is without inputs. */
  @Test
  void onlyWhatElseChangesWeightsCastsThem() {
    try (Model model = model(Optimizers.adam(1e-3), Precision.BF16, PlanningProvider.NAME)) {
      for (int i = 0; i < 3; i++) {
        train(model, new Random(SEED));
        model.predict(images());
      }
      assertEquals(1, refreshes(), "the first step's");
      writeAgain(model);
      model.predict(images());
      train(model, new Random(SEED));
      assertEquals(2, refreshes());
    }
  }

  /** It was once for each batch. */
  @Test
  void accumulatedStepsCastOnceAStep() {
    FitOptions options = FitOptions.epochs(1).batchSize(BATCH).accumulate(2);
    try (Model model = model(Optimizers.adam(1e-3), Precision.BF16, PlanningProvider.NAME)) {
      model.fit(data().map((features, from, to) -> {}), options);
      List<String> runs = new ArrayList<>(PlanningProvider.CALLS);
      runs.removeIf(call -> !call.equals(RUN));
      // Two steps: clear, refresh, batch, batch, update.
      assertArrayEquals(Collections.nCopies(6, RUN).toArray(), runs.toArray());
    }
  }
}

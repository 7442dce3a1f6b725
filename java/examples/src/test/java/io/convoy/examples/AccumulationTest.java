// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.randomFlip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.CheckpointWriter;
import io.convoy.callbacks.Fit;
import io.convoy.compile.Precision;
import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.layers.FlipMode;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.Checkpoint;
import io.convoy.model.CompileOptions;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Sequential;
import io.convoy.optimizers.LossScale;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccumulationTest {
  @TempDir Path folder;

  private static final Optimizer ADAM =
      Optimizers.adam(1e-2).clipNorm(0.5f).schedule(new Schedule.CosineDecay(6, 0));

  private static Model compile(double dropout, String device) {
    return compile(dropout, ADAM, CompileOptions.defaults().device(device));
  }

  /** A decayed kernel, whose penalty must count once a step, and whatever dropout there is. */
  private static Model compile(double dropout, Optimizer optimizer, CompileOptions options) {
    return new Sequential(
            "small",
            input(6, 5, 3),
            conv2D(4, 3).kernelRegularizer(0.05),
            flatten(),
            dropout(dropout),
            dense(3).activation(SOFTMAX))
        .compile(
            optimizer,
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            options.seed(3));
  }

  /** Steps of 30 and of 10 instances; the latter take batches of 7 and 3. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void severalBatchesAStepAreOneLargeBatch(String device) {
    FitOptions options = FitOptions.epochs(3);
    try (Model large = compile(0, device);
        Model small = compile(0, device)) {
      Map<Integer, Double> weights = Map.of(0, 2.0, 1, 0.5);
      List<EpochResult> expected =
          large.fit(SmallFit.DATA, options.batchSize(28).classWeight(weights)).epochs();
      List<EpochResult> actual =
          small
              .fit(SmallFit.DATA, options.batchSize(7).accumulate(4).classWeight(weights))
              .epochs();
      for (int i = 0; i < 3; i++) {
        double loss = expected.get(i).training().loss();
        assertEquals(loss, actual.get(i).training().loss(), 1e-5 * loss);
      }
      large
          .state()
          .forEach(
              (name, value) -> {
                if (name.equals("iterations")) {
                  assertArrayEquals(new int[] {6}, small.state().get(name).ints());
                } else {
                  assertArrayEquals(value.floats(), small.state().get(name).floats(), 1e-4f, name);
                }
              });
    }
  }

  /** An input that was dropped leaves its row of the kernel as it was. */
  @Test
  void eachBatchHasItsOwnDropout() {
    float[] ones = new float[2000];
    Arrays.fill(ones, 1);
    Dataset twice = new ArrayDataset(Shape.of(1000), 2, ones, new int[2]);
    boolean[] changed =
        rowsChanged(
            new Sequential("dropped", input(1000), dropout(0.5), dense(2).activation(SOFTMAX)),
            twice);
    int count = 0;
    for (boolean row : changed) {
      count += row ? 1 : 0;
    }
    assertEquals(750, count, 60, "of 1000: half of them in each of two batches");
  }

  /** Which rows of the dense kernel one step changes that takes each instance as a batch. */
  private static boolean[] rowsChanged(Sequential network, Dataset data) {
    try (Model model =
        network.compile(
            Optimizers.sgd(1),
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(),
            CompileOptions.defaults().device("cpu"))) {
      float[] before = model.weights().get("dense/kernel").floats(); // [rows, 2]
      model.fit(data, FitOptions.epochs(1).batchSize(1).accumulate(data.size()));
      float[] after = model.weights().get("dense/kernel").floats();
      boolean[] changed = new boolean[before.length / 2];
      for (int row = 0; row < changed.length; row++) {
        changed[row] = before[2 * row] != after[2 * row];
      }
      return changed;
    }
  }

  /** The lit pixel stands on one side or the other, and only its row of the kernel changes. */
  @Test
  void eachBatchHasItsOwnAugmentation() {
    float[] lit = new float[64 * 2];
    for (int i = 0; i < lit.length; i += 2) {
      lit[i] = 1;
    }
    Dataset alike = new ArrayDataset(Shape.of(1, 2, 1), 2, lit, new int[64]);
    boolean[] changed =
        rowsChanged(
            new Sequential(
                "flipped",
                input(1, 2, 1),
                randomFlip(FlipMode.HORIZONTAL),
                flatten(),
                dense(2).activation(SOFTMAX)),
            alike);
    assertTrue(changed[0] && changed[1], Arrays.toString(changed));
  }

  @Test
  void resumedFitEndsBitEqual() throws IOException {
    Path file = folder.resolve("c.safetensors");
    FitOptions options = FitOptions.epochs(2).batchSize(5).accumulate(2);
    Map<String, Tensor> undisturbed;
    try (Model model = compile(0.3, "cpu")) {
      model.fit(SmallFit.DATA, options);
      undisturbed = model.state();
    }
    Callback killer =
        new Callback() {
          @Override
          public void onBatchEnd(Fit fit) {
            if (fit.epoch() == 2 && fit.step() == 2) {
              throw new IllegalStateException("killed");
            }
          }
        };
    try (Model model = compile(0.3, "cpu")) {
      FitOptions watched = options.callbacks(new CheckpointWriter(file, 0), killer);
      assertThrows(IllegalStateException.class, () -> model.fit(SmallFit.DATA, watched));
    }
    try (Model model = compile(0.3, "cpu")) {
      Checkpoint checkpoint = Checkpoint.load(file);
      assertEquals(2, checkpoint.position().step());
      checkpoint.restore(model);
      model.fit(SmallFit.DATA, options.from(checkpoint.position()));
      assertEquals(undisturbed.keySet(), model.state().keySet());
      model
          .state()
          .forEach((name, v) -> assertEquals(undisturbed.get(name).bytes(), v.bytes(), name));
    }
  }

  private static Model inFp16(LossScale scale) {
    return compile(
        0,
        ADAM.lossScale(scale),
        CompileOptions.defaults().device("reference").precision(Precision.FP16));
  }

  /** The scale of the loss cancels out, by the rounding to 11 bits of what layers compute. */
  @Test
  void inFp16TooSeveralBatchesAreOneLargeBatch() {
    FitOptions options = FitOptions.epochs(2);
    try (Model large = inFp16(LossScale.dynamic());
        Model small = inFp16(LossScale.dynamic())) {
      large.fit(SmallFit.DATA, options.batchSize(28));
      small.fit(SmallFit.DATA, options.batchSize(7).accumulate(4));
      assertArrayEquals(new int[] {4}, small.state().get("iterations").ints());
      large
          .weights()
          .forEach((n, v) -> assertArrayEquals(v.floats(), small.weights().get(n).floats(), 2e-2f));
    }
  }

  /** As in PyTorch: a batch that overflows skips the whole step, and the next one is clean. */
  @Test
  void anOverflowSkipsAStepAndNoMore() {
    Map<String, Tensor> before;
    try (Model model = inFp16(new LossScale(0x1p30f, 1000))) {
      before = model.weights();
      model.fit(SmallFit.DATA.range(0, 10), FitOptions.epochs(1).batchSize(5).accumulate(2));
      assertEquals(0x1p29f, model.state().get(LossScale.SCALE).item());
      model.weights().forEach((n, v) -> assertEquals(before.get(n).bytes(), v.bytes(), n));
      model.fit(SmallFit.DATA.range(0, 10), FitOptions.epochs(30).batchSize(5).accumulate(2));
      int done = model.state().get("iterations").ints()[0];
      assertTrue(done > 5 && done < 30, done + " steps were done");
      model.weights().forEach((n, v) -> assertTrue(Float.isFinite(v.floats()[0]), n));
    }
  }

  @Test
  void aStepMustNotBeMoreThanTheData() {
    try (Model model = compile(0, "cpu")) {
      FitOptions options = FitOptions.epochs(1).batchSize(21).accumulate(2);
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.fit(SmallFit.DATA, options))
              .getMessage();
      assertTrue(message.contains("a step of 2 batches of 21 is larger"), message);
      FitOptions large = FitOptions.epochs(1).batchSize(1 << 16);
      assertThrows(IllegalArgumentException.class, () -> large.accumulate(1 << 16));
    }
  }
}

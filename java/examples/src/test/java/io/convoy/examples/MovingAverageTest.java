// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.callbacks.BestModel;
import io.convoy.callbacks.Callback;
import io.convoy.callbacks.CheckpointWriter;
import io.convoy.callbacks.Fit;
import io.convoy.model.Checkpoint;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovingAverageTest {
  private static final Optimizer PLAIN = Optimizers.momentum(0.3, 0.9, false);
  private static final Optimizer AVERAGED = PLAIN.ema(0.75);

  @TempDir Path folder;

  /** Keras' formula: the average is the weights after the first step, and moves from there. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void theModelsWeightsAreTheAverages(String device) {
    List<float[]> kernels = new ArrayList<>();
    Callback recorder =
        new Callback() {
          @Override
          public void onBatchEnd(Fit fit) {
            kernels.add(fit.model().state().get("dense/kernel").floats());
          }
        };
    try (Model model = SmallFit.compile(AVERAGED, device);
        Model plain = SmallFit.compile(PLAIN, device)) {
      assertEquals(plain.evaluate(SmallFit.DATA, 7), model.evaluate(SmallFit.DATA, 7));
      model.fit(SmallFit.DATA, SmallFit.epochs(2, recorder));
      plain.fit(SmallFit.DATA, SmallFit.epochs(2));
      float[] average = kernels.get(0).clone();
      for (float[] kernel : kernels.subList(1, kernels.size())) {
        for (int i = 0; i < average.length; i++) {
          average[i] = 0.75f * average[i] + 0.25f * kernel[i];
        }
      }
      assertArrayEquals(average, model.weights().get("dense/kernel").floats(), 1e-6f);
      float[] last = kernels.get(kernels.size() - 1);
      assertArrayEquals(last, plain.weights().get("dense/kernel").floats(), "steps go on as ever");
    }
  }

  @Test
  void theyAreValidatedAndSaved() throws IOException {
    Path best = folder.resolve("best.safetensors");
    Path last = folder.resolve("last.safetensors");
    try (Model model = SmallFit.compile(AVERAGED, "cpu")) {
      FitOptions options = FitOptions.epochs(1).batchSize(10).validation(SmallFit.DATA);
      History history = model.fit(SmallFit.DATA, options.callbacks(new BestModel(best)));
      model.save(last);
      for (Path file : List.of(best, last)) {
        try (Model saved = Model.load(file, CompileOptions.defaults().device("cpu"))) {
          assertEquals(
              history.epochs().get(0).validation().orElseThrow(),
              saved.evaluate(SmallFit.DATA, 10));
        }
      }
    }
  }

  @Test
  void weightsThatAreSetAreTheAverages() {
    try (Model model = SmallFit.compile(AVERAGED, "cpu");
        Model other = SmallFit.compile(PLAIN, "cpu")) {
      other.fit(SmallFit.DATA, SmallFit.epochs(1));
      model.setWeights(other.weights());
      assertEquals(other.evaluate(SmallFit.DATA, 7), model.evaluate(SmallFit.DATA, 7));
    }
  }

  @Test
  void resumedFitEndsBitEqual() throws IOException {
    Path file = folder.resolve("c.safetensors");
    Map<String, Tensor> undisturbed;
    try (Model model = SmallFit.compile(AVERAGED, "cpu")) {
      model.fit(SmallFit.DATA, SmallFit.epochs(2));
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
    try (Model model = SmallFit.compile(AVERAGED, "cpu")) {
      FitOptions watched = SmallFit.epochs(2, new CheckpointWriter(file, 0), killer);
      assertThrows(IllegalStateException.class, () -> model.fit(SmallFit.DATA, watched));
    }
    try (Model model = SmallFit.compile(AVERAGED, "cpu")) {
      Checkpoint checkpoint = Checkpoint.load(file);
      checkpoint.restore(model);
      model.fit(SmallFit.DATA, SmallFit.epochs(2).from(checkpoint.position()));
      model
          .state()
          .forEach((name, v) -> assertEquals(undisturbed.get(name).bytes(), v.bytes(), name));
    }
  }

  @Test
  void aMomentumOf1IsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PLAIN.ema(1));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.CheckpointWriter;
import io.convoy.callbacks.Fit;
import io.convoy.callbacks.LearningRateScheduler;
import io.convoy.callbacks.ReduceLROnPlateau;
import io.convoy.model.Checkpoint;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates that change while a model is fitted. */
class LearningRateTest {
  @TempDir Path folder;

  /** Writes down the base rate of each epoch. */
  private static final class Rates implements Callback {
    final List<Float> base = new ArrayList<>();

    @Override
    public void onBatchEnd(Fit fit) {
      if (fit.step() == SmallFit.STEPS) {
        base.add((float) fit.learningRate().base());
      }
    }
  }

  private static Map<String, Tensor> fit(double rate, String device, Callback... callbacks) {
    try (Model model = SmallFit.compile(Optimizers.sgd(rate), device)) {
      model.fit(SmallFit.DATA, SmallFit.epochs(3, callbacks));
      return model.state();
    }
  }

  private static void assertSameBits(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    actual.forEach((name, value) -> assertEquals(expected.get(name).bytes(), value.bytes(), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "reference"})
  void aStepTakesTheRateThatWasWritten(String device) {
    Map<String, Tensor> compiledIn = fit(0.25, device);
    Map<String, Tensor> written = fit(0.5, device, new LearningRateScheduler(epoch -> 0.25));
    assertSameBits(compiledIn, written);
  }

  @Test
  void theSchedulerIsAskedForEachEpoch() {
    Rates rates = new Rates();
    fit(1, "cpu", new LearningRateScheduler(epoch -> 0.5 / epoch), rates);
    assertEquals(List.of(0.5f, 0.25f, 0.5f / 3), rates.base);
  }

  /** Half of the half cosine, after the 4 steps of an epoch out of 8. */
  @Test
  void theOptimizersScheduleMultipliesTheBaseRate() {
    List<Double> next = new ArrayList<>();
    Callback record =
        new Callback() {
          @Override
          public void onEpochEnd(Fit fit, EpochResult result) {
            next.add(fit.learningRate().next());
          }
        };
    Schedule cosine = new Schedule.CosineDecay(2 * SmallFit.STEPS, 0);
    try (Model model = SmallFit.compile(Optimizers.sgd(1).schedule(cosine), "cpu")) {
      LearningRateScheduler scheduler = new LearningRateScheduler(epoch -> 0.25);
      model.fit(SmallFit.DATA, SmallFit.epochs(2, scheduler, record));
    }
    assertEquals(0.125, next.get(0), 1e-12);
    assertEquals(0, next.get(1), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-3, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void aRateThatIsNoneIsRefused(double rate) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> fit(1, "cpu", new LearningRateScheduler(epoch -> rate)));
    assertTrue(e.getMessage().contains("not " + rate), e.getMessage());
  }

  /** Nothing improves by 10, so that the patience alone counts. */
  private static ReduceLROnPlateau always(int patience) {
    return new ReduceLROnPlateau("val_loss", 0.5, patience).minDelta(10);
  }

  @Test
  void thePlateauLowersTheRateOfTheNextEpochDownToItsBound() {
    Rates rates = new Rates();
    try (Model model = SmallFit.compile(Optimizers.sgd(1), "cpu")) {
      model.fit(SmallFit.DATA, SmallFit.epochs(6, rates, always(1).minLr(0.2)));
    }
    assertEquals(List.of(1f, 1f, 0.5f, 0.25f, 0.2f, 0.2f), rates.base);
  }

  @Test
  void aRateBelowTheBoundStaysAsItIs() {
    Rates rates = new Rates();
    fit(0.1, "cpu", rates, always(1).minLr(0.2));
    assertEquals(List.of(0.1f, 0.1f, 0.1f), rates.base);
  }

  @Test
  void theCooldownDelaysTheNextChange() {
    Rates rates = new Rates();
    try (Model model = SmallFit.compile(Optimizers.sgd(1), "cpu")) {
      model.fit(SmallFit.DATA, SmallFit.epochs(6, rates, always(1).cooldown(3)));
    }
    assertEquals(List.of(1f, 1f, 0.5f, 0.5f, 0.5f, 0.25f), rates.base);
  }

  /** Killed in the middle of an epoch or at its end, with the checkpoint before and behind. */
  @ParameterizedTest
  @CsvSource({
    "2, 2, 0", "2, 4, 0", "3, 1, 0", "3, 4, 0", "2, 4, 1", "4, 1, 0", "3, 4, 1", "4, 1, 1"
  })
  void aFitThatGoesOnEndsBitEqual(int epoch, int step, int place) throws IOException {
    Map<String, Tensor> undisturbed;
    try (Model model = SmallFit.compile(Optimizers.adam(0.1), "cpu")) {
      model.fit(SmallFit.DATA, SmallFit.epochs(5, always(2)));
      undisturbed = model.state();
    }
    Path file = folder.resolve("c.safetensors");
    List<Callback> callbacks = new ArrayList<>(List.of(always(2)));
    callbacks.add(place, new CheckpointWriter(file, 0));
    callbacks.add(killer(epoch, step));
    FitOptions options = SmallFit.epochs(5, callbacks.toArray(Callback[]::new));
    try (Model model = SmallFit.compile(Optimizers.adam(0.1), "cpu")) {
      assertThrows(IllegalStateException.class, () -> model.fit(SmallFit.DATA, options));
    }
    try (Model model = SmallFit.compile(Optimizers.adam(0.1), "cpu")) {
      Checkpoint checkpoint = Checkpoint.load(file);
      checkpoint.restore(model);
      model.fit(SmallFit.DATA, SmallFit.epochs(5, always(2)).from(checkpoint.position()));
      assertSameBits(undisturbed, model.state());
      assertEquals(0.05f, model.state().get("optimizer/learning_rate").item());
    }
  }

  /** Ends a fit behind a step, or behind an epoch if that is its last. */
  private static Callback killer(int epoch, int step) {
    return new Callback() {
      @Override
      public void onBatchEnd(Fit fit) {
        if (step < SmallFit.STEPS) {
          kill(fit);
        }
      }

      @Override
      public void onEpochEnd(Fit fit, EpochResult result) {
        kill(fit);
      }

      private void kill(Fit fit) {
        if (fit.epoch() == epoch && fit.step() == step) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.EarlyStopping;
import io.convoy.callbacks.Fit;
import io.convoy.callbacks.LearningRateScheduler;
import io.convoy.model.EpochResult;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Position;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fits that end before their time. */
class EarlyStoppingTest {
  /** With a rate of 0 nothing changes any more, so that epoch 2 stays the best. */
  private static Callback improvesTwice() {
    return new LearningRateScheduler(epoch -> epoch <= 2 ? 0.2 : 0);
  }

  /** Turns the classifier around before epoch 3, which makes it worse. */
  private static Callback spoilsTheThird() {
    return new Callback() {
      @Override
      public void onEpochBegin(Fit fit) {
        if (fit.epoch() == 3 && fit.step() == 0) {
          Map<String, Tensor> weights = fit.model().weights();
          Tensor kernel = weights.get("dense/kernel");
          for (int i = 0; i < kernel.spec().shape().elements(); i++) {
            kernel.floatBuffer().put(i, -10 * kernel.floatBuffer().get(i));
          }
          fit.model().setWeights(weights);
        }
      }
    };
  }

  private static Model compile() {
    return SmallFit.compile(Optimizers.sgd(1), "cpu");
  }

  private static List<EpochResult> fit(Model model, FitOptions options, Callback... more) {
    FitOptions watched = options.callbacks(improvesTwice(), spoilsTheThird()).callbacks(more);
    return model.fit(SmallFit.DATA, watched).epochs();
  }

  @Test
  void theFitEndsAfterThePatience() {
    for (String monitor : List.of("loss", "val_loss")) {
      try (Model model = compile()) {
        EarlyStopping stopping = new EarlyStopping(monitor, 3);
        assertEquals(5, fit(model, SmallFit.epochs(9), stopping).size(), monitor);
      }
    }
  }

  /** No accuracy exceeds another by more than 1. */
  @Test
  void anImprovementMustExceedMinDelta() {
    try (Model model = compile()) {
      EarlyStopping stopping = new EarlyStopping("accuracy", 1).minDelta(1);
      assertEquals(2, fit(model, SmallFit.epochs(9), stopping).size());
    }
  }

  @Test
  void theBestWeightsComeBackIfThatIsAskedFor() {
    List<Map<String, Tensor>> after = new ArrayList<>();
    Callback copy =
        new Callback() {
          @Override
          public void onEpochEnd(Fit fit, EpochResult result) {
            after.add(fit.model().weights());
          }
        };
    try (Model model = compile()) {
      fit(model, SmallFit.epochs(9), new EarlyStopping("val_loss", 2).restoreBestWeights(), copy);
      assertEquals(4, after.size());
      assertSameBits(after.get(1), model.weights());
    }
    try (Model model = compile()) {
      fit(model, SmallFit.epochs(9), new EarlyStopping("val_loss", 2));
      assertSameBits(after.get(3), model.weights());
    }
  }

  private static void assertSameBits(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    actual.forEach((name, value) -> assertEquals(expected.get(name).bytes(), value.bytes(), name));
  }

  @Test
  void aFitThatGoesOnCountsItsEarlierEpochs() {
    try (Model model = compile()) {
      List<EpochResult> four = fit(model, SmallFit.epochs(4));
      FitOptions on = SmallFit.epochs(9).from(new Position(4, 0, 0, four));
      assertEquals(5, fit(model, on, new EarlyStopping("val_loss", 3)).size());
      assertEquals(4, fit(model, on, new EarlyStopping("val_loss", 2)).size(), "that is enough");
    }
  }

  @Test
  void theBestWeightsOfAnEarlierEpochAreMissedBeforeTheFit() {
    try (Model model = compile()) {
      List<EpochResult> two = fit(model, SmallFit.epochs(2));
      Map<String, Tensor> weights = model.weights();
      List<EpochResult> three = List.of(two.get(0), two.get(1), again(two.get(1)));
      FitOptions late = SmallFit.epochs(9).from(new Position(3, 0, 0, three));
      FitOptions inside = SmallFit.epochs(9).from(new Position(2, 1, 0, two));
      for (FitOptions on : List.of(late, inside)) {
        EarlyStopping stopping = new EarlyStopping("val_loss", 5).restoreBestWeights();
        IllegalStateException e =
            assertThrows(IllegalStateException.class, () -> fit(model, on, stopping));
        assertTrue(e.getMessage().contains("the best epoch so far, 2,"), e.getMessage());
        assertTrue(e.getMessage().contains("BestModel"), e.getMessage());
      }
      assertSameBits(weights, model.weights());
      FitOptions atBest = SmallFit.epochs(4).from(new Position(2, 0, 0, two));
      fit(model, atBest, new EarlyStopping("val_loss", 5).restoreBestWeights());
      assertSameBits(weights, model.weights());
    }
  }

  /** An epoch that brought nothing. */
  private static EpochResult again(EpochResult last) {
    return new EpochResult(last.epoch() + 1, last.training(), last.validation(), 1, 1);
  }

  @Test
  void whatTheEpochsWillLackIsMissedBeforeTheFit() {
    try (Model model = compile()) {
      FitOptions alone = SmallFit.epochs(9).validationSplit(0);
      assertRefused(model, alone, "val_loss", "there is no validation");
      assertRefused(model, alone, "accurcay", "the metrics [accuracy]");
      assertRefused(model, SmallFit.epochs(9), "val_top_5", "the metrics [accuracy]");
    }
    assertThrows(IllegalArgumentException.class, () -> new EarlyStopping("loss", -1));
  }

  private static void assertRefused(Model model, FitOptions options, String monitor, String part) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> fit(model, options, new EarlyStopping(monitor, 1)));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** A callback sees where the fit goes on before the first of its steps. */
  @Test
  void aFitThatGoesOnBeginsWhereItStood() {
    try (Model model = compile()) {
      Position half = new Position(1, 2, 7, fit(model, SmallFit.epochs(1)));
      List<Position> seen = new ArrayList<>();
      Callback look =
          new Callback() {
            @Override
            public void onTrainBegin(Fit fit) {
              seen.add(fit.position());
            }
          };
      fit(model, SmallFit.epochs(2).from(half), look);
      assertEquals(List.of(1, 2), List.of(seen.get(0).epoch(), seen.get(0).step()));
      assertEquals(half.history(), seen.get(0).history());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Epochs counted by hand after the rules of Keras' EarlyStopping and ReduceLROnPlateau. */
class PlateauTest {
  private static final Monitor LOSS = new Monitor("loss", false);
  private static final Monitor VAL_ACCURACY = new Monitor("val_accuracy", true);

  @Test
  void withoutImprovementItIsCompleteAfterThePatience() {
    Plateau plateau = new Plateau(LOSS, 0, 2, 0);
    assertEquals(List.of(6), complete(plateau, 3, 2, 2.5, 1, 1, 1));
  }

  @Test
  void countingBeginsAtTheLastImprovement() {
    Plateau plateau = new Plateau(LOSS, 0, 2, 0);
    assertEquals(List.of(7), complete(plateau, 3, 4, 2, 2, 1, 1, 1, 2, 0.5));
    assertEquals(9, plateau.bestEpoch());
  }

  @Test
  void patienceOf0And1AreTheSame() {
    assertEquals(List.of(2, 4), complete(new Plateau(LOSS, 0, 0, 0), 3, 3, 2, 2));
    assertEquals(List.of(2, 4), complete(new Plateau(LOSS, 0, 1, 0), 3, 3, 2, 2));
  }

  @Test
  void anImprovementMustExceedMinDelta() {
    Plateau plateau = new Plateau(LOSS, 0.5, 1, 0);
    assertEquals(List.of(2, 3), complete(plateau, 3, 2.5, 2.5, 2.25));
    assertEquals(4, plateau.bestEpoch());
  }

  /** Cooled down by one at the beginning of an epoch, as in Keras: 1 is over before it counts. */
  @Test
  void epochsOfTheCooldownAreNotCounted() {
    assertEquals(List.of(2, 3, 4, 5), complete(new Plateau(LOSS, 0, 1, 1), 1, 1, 1, 1, 1));
    assertEquals(List.of(2, 5, 8), complete(new Plateau(LOSS, 0, 1, 3), 1, 1, 1, 1, 1, 1, 1, 1));
    assertEquals(List.of(3, 6), complete(new Plateau(LOSS, 0, 2, 2), 1, 1, 1, 1, 1, 1, 1));
  }

  @Test
  void aMetricImprovesWhenItRises() {
    Plateau plateau = new Plateau(VAL_ACCURACY, 0, 1, 0);
    assertEquals(List.of(3), complete(plateau, 0.5, 0.6, 0.55, 0.7));
    assertEquals(4, plateau.bestEpoch());
  }

  /** Gives each value to both loss and validation accuracy; returns the epochs of plateaus. */
  private static List<Integer> complete(Plateau plateau, double... values) {
    List<Integer> epochs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Evaluation training = new Evaluation(values[i], Map.of("accuracy", Double.NaN));
      Evaluation validation = new Evaluation(Double.NaN, Map.of("accuracy", values[i]));
      if (plateau.isCompleteAt(new EpochResult(i + 1, training, Optional.of(validation), 1, 1))) {
        epochs.add(i + 1);
      }
    }
    return epochs;
  }
}

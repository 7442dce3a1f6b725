// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.EpochResult;
import io.convoy.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/**
 * Ends the fit when something watched no longer improves: Keras' {@code EarlyStopping}. A loss
 * improves when it falls, a metric as {@link io.convoy.metrics.Metric#higherIsBetter} says.
 *
 * <p>A fit that goes on takes its earlier epochs into account, and ends at once if they were enough
 * to end it.
 */
public final class EarlyStopping implements Callback {
  private final String monitor;
  private final int patience;
  private double minDelta;
  private boolean restoreBestWeights;
  private Plateau plateau;
  private Optional<Map<String, Tensor>> bestWeights = Optional.empty();

  /**
   * Makes the callback.
   *
   * @param monitor what to watch, a name of {@link EpochResult#logs}, such as {@code val_loss}
   * @param patience after how many epochs in a row without an improvement to end; 0 and 1 are the
   *     same
   * @throws IllegalArgumentException if patience is negative
   */
  public EarlyStopping(String monitor, int patience) {
    Checks.notNegative("patience", patience);
    this.monitor = monitor;
    this.patience = patience;
  }

  /**
   * Sets what counts as an improvement; 0 by default.
   *
   * @param amount what it must exceed, in the unit of what is watched
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public EarlyStopping minDelta(double amount) {
    Checks.notNegative("minDelta", amount);
    minDelta = amount;
    return this;
  }

  /**
   * Has the fit end with the weights of its best epoch, whatever ended it; by default it ends with
   * the last ones. A copy of them is kept in host memory.
   *
   * @return this
   */
  public EarlyStopping restoreBestWeights() {
    restoreBestWeights = true;
    return this;
  }

  /**
   * Goes through the earlier epochs.
   *
   * @throws IllegalArgumentException if the fit's epochs will lack what is to be watched
   * @throws IllegalStateException if the best weights are to be restored, and are of an epoch
   *     before the one the fit goes on from: checkpoints don't hold them
   */
  @Override
  public void onTrainBegin(Fit fit) {
    plateau = new Plateau(Monitor.of(monitor, fit), minDelta, patience, 0);
    bestWeights = Optional.empty();
    for (EpochResult result : fit.position().history()) {
      stopIfDue(fit, result);
    }
    if (restoreBestWeights && plateau.bestEpoch() > 0) {
      requireAtBest(fit);
      bestWeights = Optional.of(fit.model().weights());
    }
  }

  private void requireAtBest(Fit fit) {
    if (plateau.bestEpoch() != fit.position().epoch() || fit.position().step() > 0) {
      throw new IllegalStateException(
          "the weights of the best epoch so far, "
              + plateau.bestEpoch()
              + ", can't be restored when this fit ends: it goes on from a later moment, and"
              + " checkpoints don't hold them. Leave out restoreBestWeights; BestModel keeps the"
              + " best weights in a file");
    }
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    stopIfDue(fit, result);
    if (restoreBestWeights && plateau.bestEpoch() == result.epoch()) {
      bestWeights = Optional.of(fit.model().weights());
    }
  }

  private void stopIfDue(Fit fit, EpochResult result) {
    if (plateau.isCompleteAt(result)) {
      fit.stop();
    }
  }

  @Override
  public void onTrainEnd(Fit fit) {
    bestWeights.ifPresent(fit.model()::setWeights);
  }
}

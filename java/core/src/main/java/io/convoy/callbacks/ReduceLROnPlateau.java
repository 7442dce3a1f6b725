// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.EpochResult;
import io.convoy.model.LearningRate;

/**
 * Lowers the base learning rate when something watched no longer improves: Keras' {@code
 * ReduceLROnPlateau}. A loss improves when it falls, a metric as {@link
 * io.convoy.metrics.Metric#higherIsBetter} says. The optimizer's schedule goes on to multiply the
 * base rate.
 *
 * <p>The rate changes when the next epoch begins, not when the one that was too much ends. So a
 * checkpoint at the end of an epoch holds the rate of that epoch, wherever in the list of callbacks
 * its writer stands, and a fit that goes on from there, with its history, lowers the rate as the
 * undisturbed one does.
 */
public final class ReduceLROnPlateau implements Callback {
  private final String monitor;
  private final double factor;
  private final int patience;
  private double minDelta = 1e-4;
  private int cooldown;
  private double minLr;
  private Plateau plateau;
  private boolean due;

  /**
   * Makes the callback.
   *
   * @param monitor what to watch, a name of {@link EpochResult#logs}, such as {@code val_loss}
   * @param factor what to multiply the base rate by, from 0 to below 1; Keras' default is 0.1
   * @param patience after how many epochs in a row without an improvement to do so, 0 and 1 being
   *     the same; Keras' default is 10
   * @throws IllegalArgumentException if the factor is outside, or patience negative
   */
  public ReduceLROnPlateau(String monitor, double factor, int patience) {
    if (!(factor >= 0 && factor < 1)) {
      throw new IllegalArgumentException("factor must be in [0, 1), is " + factor);
    }
    Checks.notNegative("patience", patience);
    this.monitor = monitor;
    this.factor = factor;
    this.patience = patience;
  }

  /**
   * Sets what counts as an improvement; 1e-4 by default.
   *
   * @param amount what it must exceed, in the unit of what is watched
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public ReduceLROnPlateau minDelta(double amount) {
    Checks.notNegative("minDelta", amount);
    minDelta = amount;
    return this;
  }

  /**
   * Sets how long a lower rate is tried before epochs without an improvement count again.
   *
   * @param epochs with which epoch after the last one of the higher rate counting begins anew; 0,
   *     the default, and 1 are the same, as in Keras
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public ReduceLROnPlateau cooldown(int epochs) {
    Checks.notNegative("cooldown", epochs);
    cooldown = epochs;
    return this;
  }

  /**
   * Sets the bound below which the base rate is not lowered; 0 by default.
   *
   * @param rate the lowest base rate
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public ReduceLROnPlateau minLr(double rate) {
    Checks.notNegative("minLr", rate);
    minLr = rate;
    return this;
  }

  /**
   * Goes through the earlier epochs.
   *
   * @throws IllegalArgumentException if the fit's epochs will lack what is to be watched
   */
  @Override
  public void onTrainBegin(Fit fit) {
    plateau = new Plateau(Monitor.of(monitor, fit), minDelta, patience, cooldown);
    due = false;
    for (EpochResult result : fit.position().history()) {
      due = plateau.isCompleteAt(result);
    }
    due &= fit.position().step() == 0; // else the epoch has begun with the lower rate
  }

  @Override
  public void onEpochBegin(Fit fit) {
    LearningRate rate = fit.learningRate();
    if (due && rate.base() > minLr) {
      rate.setBase(Math.max(rate.base() * factor, minLr));
    }
    due = false;
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    due = plateau.isCompleteAt(result);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import java.util.function.IntToDoubleFunction;

/**
 * Sets the base learning rate at the beginning of each epoch: Keras' {@code LearningRateScheduler}.
 * The optimizer's schedule, which follows the steps, goes on to multiply it.
 */
public final class LearningRateScheduler implements Callback {
  private final IntToDoubleFunction schedule;

  /**
   * Makes the callback.
   *
   * @param schedule the base rate of an epoch, counted from 1 as in {@link Fit#epoch} (Keras counts
   *     from 0); finite and at least 0. A fit that goes on in the middle of an epoch asks for it
   *     again, so the same epoch must give the same rate
   */
  public LearningRateScheduler(IntToDoubleFunction schedule) {
    this.schedule = schedule;
  }

  @Override
  public void onEpochBegin(Fit fit) {
    fit.learningRate().setBase(schedule.applyAsDouble(fit.epoch()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.EpochResult;

/**
 * Looks on while a model is fitted. Every method does nothing by default. Throwing ends the fit.
 */
public interface Callback {
  /**
   * Called before the first step.
   *
   * @param fit how the fit stands, a view that stays valid and changes
   */
  default void onTrainBegin(Fit fit) {}

  /**
   * Called before an epoch's first step, and when a fit goes on in the middle of one.
   *
   * @param fit how the fit stands
   */
  default void onEpochBegin(Fit fit) {}

  /**
   * Called after each step. Must not allocate if the fit shall not.
   *
   * @param fit how the fit stands
   */
  default void onBatchEnd(Fit fit) {}

  /**
   * Called after an epoch and its validation.
   *
   * @param fit how the fit stands
   * @param result what the epoch brought
   */
  default void onEpochEnd(Fit fit, EpochResult result) {}

  /**
   * Called after the last epoch, not when the fit failed.
   *
   * @param fit how the fit stands
   */
  default void onTrainEnd(Fit fit) {}
}

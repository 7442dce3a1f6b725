// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.EpochResult;

/**
 * Looks for a plateau: epochs in a row without an improvement, as Keras counts them. It follows
 * from the epochs' results alone, so a fit that goes on finds it again by going through its
 * history.
 */
final class Plateau {
  private final Monitor monitor;
  private final double minDelta;
  private final int patience;
  private final int cooldown;
  private double best;
  private int bestEpoch;
  private int waited;
  private int cooling;

  /**
   * Begins.
   *
   * @param minDelta what an improvement must exceed
   * @param patience how many epochs without one make a plateau; 0 and 1 are the same
   * @param cooldown with which epoch behind a plateau counting begins anew; 0 and 1 are the same
   */
  Plateau(Monitor monitor, double minDelta, int patience, int cooldown) {
    this.monitor = monitor;
    this.minDelta = minDelta;
    this.patience = patience;
    this.cooldown = cooldown;
    this.best = monitor.worst();
  }

  /** Takes an epoch's result, and tells whether a plateau is complete; then it counts anew. */
  boolean isCompleteAt(EpochResult result) {
    cooling = Math.max(0, cooling - 1);
    double value = monitor.of(result);
    if (monitor.isBetter(value, best, minDelta)) {
      best = value;
      bestEpoch = result.epoch();
      waited = 0;
      return false;
    }
    waited = cooling > 0 ? 0 : waited + 1;
    if (cooling > 0 || waited < patience) {
      return false;
    }
    waited = 0;
    cooling = cooldown;
    return true;
  }

  /** The epoch of the last improvement; 0 before the first. */
  int bestEpoch() {
    return bestEpoch;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.backend.Readback;

/**
 * Stops a fit whose loss is no number. It looks every so many steps, at what it asked the device
 * for at the look before, so that the device need not pause; at the end of an epoch it waits. It
 * looks at the sum, which is finite exactly if the mean is.
 */
final class LossWatch {
  /** Steps between two looks. */
  static final int EVERY = 32;

  private final Sums sums;
  private final Readback loss;
  private int epoch;
  private int good; // the last step after which the loss was seen to be finite
  private int asked; // the step after which it was asked for; good if nothing was

  /**
   * Makes a watch.
   *
   * @param loss reads sum 0
   */
  LossWatch(Sums sums, Readback loss) {
    this.sums = sums;
    this.loss = loss;
  }

  /** Begins or goes on with an epoch, after so many steps of it. */
  void begin(int epoch, int step) {
    this.epoch = epoch;
    good = step;
    asked = step;
  }

  /** Takes notice of a step that is not the last one of its epoch. */
  void afterStep(int step) {
    if (step % EVERY == 0) {
      lookBack();
      loss.start();
      asked = step;
    }
  }

  /** Looks at the loss after the last step of an epoch. */
  void afterEpoch(int step) {
    lookBack();
    asked = step;
    requireFinite(sums.read(0)[0]);
  }

  private void lookBack() {
    if (asked > good) {
      requireFinite(loss.await().getFloat(0));
      good = asked;
    }
  }

  private void requireFinite(double sum) {
    if (!Double.isFinite(sum)) {
      throw new NonFiniteLossException(epoch, good + 1, asked, sum);
    }
  }
}

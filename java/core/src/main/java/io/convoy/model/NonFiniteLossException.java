// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

/** The loss became NaN or infinite: training was stopped before it could be saved. */
public final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param epoch in which epoch, from 1
   * @param firstStep the earliest step of it that may have done it, from 1
   * @param lastStep the latest one
   * @param loss the loss of the epoch so far
   */
  public NonFiniteLossException(int epoch, int firstStep, int lastStep, double loss) {
    super(
        "the loss became "
            + loss
            + " in epoch "
            + epoch
            + (firstStep == lastStep
                ? ", step " + lastStep
                : ", between steps " + firstStep + " and " + lastStep)
            + "; training was stopped and the last good checkpoint kept."
            + " Try a lower learning rate or gradient clipping, and look for NaN in the data");
  }
}

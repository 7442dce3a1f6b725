// SPDX-License-Identifier: Apache-2.0
package io.convoy.optimizers;

/**
 * A factor of the loss, and so of all gradients, that keeps small ones from becoming 0 where they
 * are stored in {@link io.convoy.tensor.DType#FLOAT16}; an optimizer divides by it again. It moves
 * by itself, as {@link io.convoy.ops.LossScaling} says: a step whose gradients overflow is skipped.
 *
 * @param initial the first factor, a power of two, so that it costs no digits
 * @param growthInterval steps without overflow before it doubles
 */
public record LossScale(float initial, int growthInterval) {
  /** The name of the variable that holds the factor. */
  public static final String SCALE = "optimizer/loss_scale";

  /** The name of the variable that counts steps without overflow since the factor changed. */
  public static final String GOOD_STEPS = "optimizer/good_steps";

  private static final float KERAS_INITIAL = 32768;
  private static final int KERAS_INTERVAL = 2000;

  /**
   * Checks the numbers.
   *
   * @param initial the component
   * @param growthInterval the component
   */
  public LossScale {
    if (!(initial > 0) || Math.scalb(1f, Math.getExponent(initial)) != initial) {
      throw new IllegalArgumentException(
          "the loss' scale must be a power of two, such as 32768, is " + initial);
    }
    if (growthInterval < 1) {
      throw new IllegalArgumentException(
          "the growth interval must be at least 1 step, is " + growthInterval);
    }
  }

  /**
   * Returns Keras 3's: from 32768 on, doubled after 2000 steps.
   *
   * @return the loss scale
   */
  public static LossScale dynamic() {
    return new LossScale(KERAS_INITIAL, KERAS_INTERVAL);
  }
}

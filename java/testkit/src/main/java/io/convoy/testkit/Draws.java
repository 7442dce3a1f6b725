// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.random.Philox;

/** Random numbers one after the other. */
public final class Draws {
  private static final int LANES = 4;

  private final Philox generator;
  private long next;

  /**
   * Starts a sequence.
   *
   * @param seed the seed of the run
   * @param stream what the numbers are for, such as a name's hash
   * @param step tells sequences of one stream apart
   */
  public Draws(long seed, int stream, int step) {
    this.generator = new Philox(seed, stream, step);
  }

  /**
   * Draws a number.
   *
   * @return uniform in [0, 1)
   */
  public float uniform() {
    if (next % LANES == 0) {
      generator.block(next / LANES);
    }
    return generator.uniform((int) (next++ % LANES));
  }

  /**
   * Draws a whole number.
   *
   * @param bound above 0
   * @return uniform from 0 to bound - 1
   */
  public int below(int bound) {
    return (int) (uniform() * (double) bound);
  }
}

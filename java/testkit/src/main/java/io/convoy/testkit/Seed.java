// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

/** The seed of all test data. */
public final class Seed {
  /** The system property that sets the seed, a whole number. */
  public static final String PROPERTY = "convoy.test.seed";

  private static final long DEFAULT = 1;

  private Seed() {}

  /**
   * Returns the seed of this run.
   *
   * @return the value of {@value #PROPERTY}, or 1
   */
  public static long value() {
    return Long.getLong(PROPERTY, DEFAULT);
  }

  /** How to see a failure again. */
  static String replay(long seed) {
    return "-D" + PROPERTY + "=" + seed;
  }
}

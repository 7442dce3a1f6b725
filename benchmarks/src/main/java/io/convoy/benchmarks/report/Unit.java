// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

/** What a row counts. */
public enum Unit {
  /** Throughput of nets and input. */
  IMAGES_PER_SECOND("images/s", true),
  /** Arithmetic: an addition and a multiplication are 2. */
  GFLOP_PER_SECOND("GFLOP/s", true),
  /** Memory traffic, each operand counted once. */
  GB_PER_SECOND("GB/s", true),
  /** How many times as fast as something else in the same run. */
  TIMES("times", true),
  /** Time to wait for. */
  MILLISECONDS("ms", false),
  /** Part of the time in which something happens, or of images that are told apart. */
  PERCENT("%", true),
  /** Kernels, calls of libraries and copies that a step consists of. */
  LAUNCHES("launches", false),
  /** Memory, and traffic to and from it. */
  BYTES("bytes", false);

  private final String label;
  private final boolean moreIsBetter;

  Unit(String label, boolean moreIsBetter) {
    this.label = label;
    this.moreIsBetter = moreIsBetter;
  }

  /**
   * Returns how it is written.
   *
   * @return such as {@code images/s}
   */
  public String label() {
    return label;
  }

  /**
   * Tells which way is better.
   *
   * @return true if more is better
   */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

/** What a row's median is set beside. */
public enum Ceiling {
  /** None that applies. */
  NONE,
  /**
   * What the machine can do at most, measured in the same run: arithmetic, by a large matrix
   * product through the same backend, in GFLOP/s.
   */
  GEMM,
  /** The same of memory traffic, by a large copy with all threads, in GB/s read and written. */
  COPY,
  /** What the maker of a GPU states that it does at most. */
  PEAK,
  /** Memory traffic that a step can't do without. */
  LEAST
}

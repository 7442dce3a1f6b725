// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

/** What the machine can do at most, measured in the same run. */
public enum Ceiling {
  /** None that applies. */
  NONE,
  /** Arithmetic, by a large matrix product through the same backend, in GFLOP/s. */
  GEMM,
  /** Memory traffic, by a large copy with all threads, in GB/s read and written. */
  COPY
}

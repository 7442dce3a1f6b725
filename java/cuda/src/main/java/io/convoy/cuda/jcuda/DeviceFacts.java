// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.util.Locale;

/**
 * What a GPU is.
 *
 * @param name by the driver
 * @param bytes its memory
 * @param major compute capability, before the point
 * @param minor compute capability, behind the point
 * @param multiprocessors number of SMs
 */
record DeviceFacts(String name, long bytes, int major, int minor, int multiprocessors) {
  /** The target of compilers, such as {@code sm_90}. */
  String architecture() {
    return "sm_" + major + minor;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %.1f GiB, compute capability %d.%d",
        name,
        bytes / (double) (1L << 30),
        major,
        minor);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.cuda.device.GpuInfo;
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

  /** Ten times the compute capability: 80 is 8.0. */
  int capability() {
    return 10 * major + minor;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %.1f GiB, compute capability %d.%d (%s)",
        name,
        bytes / (double) (1L << 30),
        major,
        minor,
        GpuInfo.precisions(capability()));
  }
}

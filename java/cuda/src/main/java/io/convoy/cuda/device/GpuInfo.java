// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.backend.DeviceInfo;
import io.convoy.compile.Precision;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a plan must know of a GPU.
 *
 * @param device id and description for people
 * @param multiprocessors number of SMs, which grids of reductions are made for
 * @param capability compute capability, ten times: 80 is 8.0
 */
public record GpuInfo(DeviceInfo device, int multiprocessors, int capability) {
  private static final int VOLTA = 70;
  private static final int AMPERE = 80;

  /**
   * Tells why a precision can't be had.
   *
   * @param precision the precision
   * @return the reason and what would help, or empty
   */
  public Optional<String> refuses(Precision precision) {
    int least = least(precision);
    return capability >= least
        ? Optional.empty()
        : Optional.of(
            "tensor cores for it come with compute capability %d.%d, this GPU has %d.%d. Use %s"
                .formatted(
                    least / 10,
                    least % 10,
                    capability / 10,
                    capability % 10,
                    capability >= VOLTA ? "fp16 or fp32" : "fp32"));
  }

  /**
   * Lists the precisions of a GPU.
   *
   * @param capability compute capability, ten times
   * @return such as {@code fp32 fp16}
   */
  public static String precisions(int capability) {
    return Arrays.stream(Precision.values())
        .filter(p -> capability >= least(p))
        .map(Precision::label)
        .collect(Collectors.joining(" "));
  }

  /** The first generation whose tensor cores know it (CUDA C++ Programming Guide, section 17). */
  private static int least(Precision precision) {
    return switch (precision) {
      case FP32 -> 0;
      case FP16 -> VOLTA;
      case TF32, BF16 -> AMPERE;
    };
  }
}

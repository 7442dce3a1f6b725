// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.compile.Precision;
import java.util.List;

/** One thing that a run does on the device; data, so that a plan can be made without a device. */
public sealed interface Step permits KernelStep, ConvolutionStep, PoolingStep, GemmStep, CopyStep {
  /**
   * Returns what it is for.
   *
   * @return the name of the program's instruction
   */
  String name();

  /**
   * Returns what it reads and writes.
   *
   * @return its memory
   */
  List<Buffer> buffers();

  /**
   * Writes it for people, in one line.
   *
   * @return name, implementation, sizes
   */
  String describe();

  /**
   * Writes a precision behind what is computed in it.
   *
   * @param precision the precision
   * @return nothing for FP32
   */
  static String in(Precision precision) {
    return precision == Precision.FP32 ? "" : " " + precision.label();
  }
}

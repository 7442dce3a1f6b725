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
   * Returns what does it.
   *
   * @return such as the name of a kernel
   */
  String kind();

  /**
   * Returns what it reads and writes.
   *
   * @return its memory, some perhaps more than once
   */
  List<Access> accesses();

  /**
   * Returns the memory that it uses.
   *
   * @return its buffers, some perhaps more than once
   */
  default List<Buffer> buffers() {
    return accesses().stream().map(Access::buffer).toList();
  }

  /**
   * Counts what it reads from device memory, each operand once.
   *
   * @return bytes
   */
  default long readBytes() {
    return accesses().stream().mapToLong(Access::read).sum();
  }

  /**
   * Counts what it writes to device memory, each result once.
   *
   * @return bytes
   */
  default long writtenBytes() {
    return accesses().stream().mapToLong(Access::written).sum();
  }

  /**
   * Counts the arithmetic of convolutions and matrix products; what else there is moves memory more
   * than it computes.
   *
   * @return floating-point operations, a multiplication and an addition being 2
   */
  default long flops() {
    return 0;
  }

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

// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

/** Element types of tensors. */
public enum DType {
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** Two's complement 32-bit integer: class labels and counters. */
  INT32(4),
  /** Unsigned 8-bit integer: the pixels of a data set that lies on a device. */
  UINT8(1),
  /** The upper half of a binary32: its exponents, 8 bits of significand. */
  BFLOAT16(2),
  /** IEEE 754 binary16: 11 bits of significand, 6.1e-5 to 65504 in normal numbers. */
  FLOAT16(2);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the size of one element.
   *
   * @return size in bytes
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Tells whether elements are floating point numbers.
   *
   * @return false for integers
   */
  public boolean isFloat() {
    return this == FLOAT32 || isHalf();
  }

  /**
   * Tells whether elements are floating point numbers of 16 bits.
   *
   * @return true for {@link #BFLOAT16} and {@link #FLOAT16}
   */
  public boolean isHalf() {
    return this == BFLOAT16 || this == FLOAT16;
  }
}

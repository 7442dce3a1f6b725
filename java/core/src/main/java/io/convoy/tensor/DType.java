// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

/** Element types of tensors. */
public enum DType {
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** Two's complement 32-bit integer: class labels and counters. */
  INT32(4),
  /** Unsigned 8-bit integer: the pixels of a data set that lies on a device. */
  UINT8(1);

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
}

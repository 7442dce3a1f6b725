// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The edge between doubles inside and 32-bit elements outside. */
final class HostBuffers {
  private HostBuffers() {}

  static ByteBuffer allocate(TensorSpec spec) {
    int bytes = Math.toIntExact(spec.bytes());
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Widens the elements that begin at the buffer's position. */
  static void load(DType dtype, ByteBuffer from, double[] into) {
    ByteBuffer elements = from.slice().order(ByteOrder.nativeOrder());
    for (int i = 0; i < into.length; i++) {
      into[i] = dtype == DType.INT32 ? elements.getInt(4 * i) : elements.getFloat(4 * i);
    }
  }

  /** Rounds the elements and writes them from the buffer's position on. */
  static void store(DType dtype, double[] from, ByteBuffer into) {
    ByteBuffer elements = into.slice().order(ByteOrder.nativeOrder());
    for (int i = 0; i < from.length; i++) {
      if (dtype == DType.INT32) {
        elements.putInt(4 * i, (int) from[i]);
      } else {
        elements.putFloat(4 * i, (float) from[i]);
      }
    }
  }
}

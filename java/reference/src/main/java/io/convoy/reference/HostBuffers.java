// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The edge between doubles inside and the declared types outside. */
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
      into[i] =
          switch (dtype) {
            case FLOAT32 -> elements.getFloat(4 * i);
            case INT32 -> elements.getInt(4 * i);
            case UINT8 -> elements.get(i) & 0xFF;
            case BFLOAT16, FLOAT16 -> HalfFloat.value(dtype, elements.getShort(2 * i));
          };
    }
  }

  /** Rounds the elements and writes them from the buffer's position on. */
  static void store(DType dtype, double[] from, ByteBuffer into) {
    ByteBuffer elements = into.slice().order(ByteOrder.nativeOrder());
    for (int i = 0; i < from.length; i++) {
      switch (dtype) {
        case FLOAT32 -> elements.putFloat(4 * i, (float) from[i]);
        case INT32 -> elements.putInt(4 * i, (int) from[i]);
        case UINT8 -> elements.put(i, (byte) from[i]);
        case BFLOAT16, FLOAT16 -> elements.putShort(2 * i, HalfFloat.bits(dtype, from[i]));
      }
    }
  }
}

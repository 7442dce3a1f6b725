// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.BytePointer;

/**
 * A buffer as Java's loops see it; use absolute indices only.
 *
 * @param bytes its bytes in native order
 * @param floats the same as FLOAT32 elements
 * @param ints the same as INT32 elements
 */
record Memory(ByteBuffer bytes, FloatBuffer floats, IntBuffer ints) {
  static Memory of(Buffer buffer) {
    ByteBuffer bytes = view(buffer);
    return new Memory(bytes, bytes.asFloatBuffer(), bytes.asIntBuffer());
  }

  private static ByteBuffer view(Buffer buffer) {
    if (buffer.host() != null) {
      return buffer.host();
    }
    if (buffer.bytes() == 0) {
      return ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
    }
    return new BytePointer(buffer.address()).asByteBuffer().order(ByteOrder.nativeOrder());
  }
}

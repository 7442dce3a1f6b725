// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;

/**
 * The factors by which cuBLAS and cuDNN scale what they compute and what was there. They lie
 * outside the heap: a Java array would keep the garbage collector waiting during each call.
 */
final class Scalars {
  static final Pointer ONE = to(1);
  static final Pointer ZERO = to(0);

  private Scalars() {}

  private static Pointer to(float value) {
    return Pointer.to(
        ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder()).putFloat(0, value));
  }
}

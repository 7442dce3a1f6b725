// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.cuda.device.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** FLOAT32 tensors on the device, as doubles on the host. */
final class DeviceFloats {
  private DeviceFloats() {}

  /**
   * Reads a tensor.
   *
   * @param dims its shape, which must fill the buffer
   */
  static double[] read(Emulator emulator, Buffer buffer, int... dims) {
    ByteBuffer bytes = bytes(buffer);
    emulator.read(buffer.address(), bytes);
    FloatBuffer floats = bytes.asFloatBuffer();
    double[] values = zeros(buffer, dims);
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(i);
    }
    return values;
  }

  /**
   * Makes a tensor that is written later.
   *
   * @param dims its shape, which must fill the buffer
   */
  static double[] zeros(Buffer buffer, int... dims) {
    int elements = 1;
    for (int dim : dims) {
      elements = Math.multiplyExact(elements, dim);
    }
    if (buffer.bytes() != (long) elements * Float.BYTES) {
      throw new IllegalArgumentException(
          elements + " elements don't fill a buffer of " + buffer.bytes() + " bytes");
    }
    return new double[elements];
  }

  static void write(Emulator emulator, Buffer buffer, double[] values) {
    ByteBuffer bytes = bytes(buffer);
    FloatBuffer floats = bytes.asFloatBuffer();
    for (double value : values) {
      floats.put((float) value);
    }
    emulator.write(buffer.address(), bytes);
  }

  private static ByteBuffer bytes(Buffer buffer) {
    return ByteBuffer.allocate(Math.toIntExact(buffer.bytes())).order(ByteOrder.nativeOrder());
  }
}

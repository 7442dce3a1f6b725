// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.compile.Precision;
import io.convoy.cuda.device.Buffer;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Tensors of floating types on the device, as doubles on the host. */
final class DeviceFloats {
  /** Of a FLOAT32's significand, what TF32 cuts off. */
  private static final int TF32_REST = 13;

  private DeviceFloats() {}

  /** What tensors of a precision are stored in. */
  static DType type(Precision precision) {
    return precision.storage().orElse(DType.FLOAT32);
  }

  /** Reads a factor of products, which TF32 rounds. */
  static double[] factor(Emulator emulator, Precision precision, Buffer buffer, int... dims) {
    double[] values = read(emulator, type(precision), buffer, dims);
    if (precision == Precision.TF32) {
      Arrays.setAll(values, i -> tf32(values[i]));
    }
    return values;
  }

  private static double tf32(double x) {
    if (x == 0 || !Double.isFinite(x)) {
      return x;
    }
    double step = Math.ulp((float) x) * (1 << TF32_REST);
    return Math.rint(x / step) * step;
  }

  /**
   * Reads a tensor.
   *
   * @param dims its shape, checked against the buffer's size
   */
  static double[] read(Emulator emulator, DType type, Buffer buffer, int... dims) {
    double[] values = zeros(type, buffer, dims);
    ByteBuffer bytes = bytes(buffer);
    emulator.read(buffer.address(), bytes);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          type.isHalf()
              ? HalfFloat.value(type, bytes.getShort(i * Short.BYTES))
              : bytes.getFloat(i * Float.BYTES);
    }
    return values;
  }

  /**
   * Makes a tensor that is written later.
   *
   * @param dims its shape, checked against the buffer's size
   */
  static double[] zeros(DType type, Buffer buffer, int... dims) {
    int elements = 1;
    for (int dim : dims) {
      elements = Math.multiplyExact(elements, dim);
    }
    if (buffer.bytes() != (long) elements * type.bytes()) {
      throw new IllegalArgumentException(
          elements + " of " + type + " don't fill a buffer of " + buffer.bytes() + " bytes");
    }
    return new double[elements];
  }

  static void write(Emulator emulator, DType type, Buffer buffer, double[] values) {
    ByteBuffer bytes = bytes(buffer);
    for (double value : values) {
      if (type.isHalf()) {
        bytes.putShort(HalfFloat.bits(type, value));
      } else {
        bytes.putFloat((float) value);
      }
    }
    emulator.write(buffer.address(), bytes.flip());
  }

  private static ByteBuffer bytes(Buffer buffer) {
    return ByteBuffer.allocate(Math.toIntExact(buffer.bytes())).order(ByteOrder.nativeOrder());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.DType;
import java.nio.ByteBuffer;

/** The element types of NumPy that can be read, and what they become. */
enum NpyType {
  U1(1, DType.UINT8),
  I4(4, DType.INT32),
  I8(8, DType.INT32),
  F4(4, DType.FLOAT32),
  F8(8, DType.FLOAT32);

  private final int bytes;
  private final DType becomes;

  NpyType(int bytes, DType becomes) {
    this.bytes = bytes;
    this.becomes = becomes;
  }

  /** Size of an element in the file. */
  int bytes() {
    return bytes;
  }

  DType becomes() {
    return becomes;
  }

  /**
   * Converts whole elements.
   *
   * @param from what the file holds, in its byte order
   * @param to the tensor's bytes, native, from its position on
   * @throws DataException if a number is beyond the range of what it becomes
   */
  void convert(ByteBuffer from, ByteBuffer to, String place) throws DataException {
    switch (this) {
      case U1 -> to.put(from);
      case I4, F4 -> {
        while (from.hasRemaining()) {
          to.putInt(from.getInt()); // a float's bits, too
        }
      }
      case I8 -> {
        while (from.hasRemaining()) {
          to.putInt(narrow(from.getLong(), to.position() / Integer.BYTES, place));
        }
      }
      case F8 -> {
        while (from.hasRemaining()) {
          to.putFloat(narrow(from.getDouble(), to.position() / Float.BYTES, place));
        }
      }
      default -> throw new AssertionError(this);
    }
  }

  private static int narrow(long value, int index, String place) throws DataException {
    if (value != (int) value) {
      throw beyond(place, index, value, "32-bit integers", "int32");
    }
    return (int) value;
  }

  /** Rounds to the nearest float; infinity and NaN stay what they are. */
  private static float narrow(double value, int index, String place) throws DataException {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw beyond(place, index, value, "32-bit floats", "float32");
    }
    return rounded;
  }

  private static DataException beyond(
      String place, int index, Object value, String range, String type) {
    return new DataException(
        String.format(
            "%s: element %d is %s, beyond %s. Bring it into their range, and save as %s",
            place, index, value, range, type));
  }
}

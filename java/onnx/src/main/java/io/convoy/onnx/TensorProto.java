// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.files.ProtocolBuffer;
import io.convoy.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes {@code TensorProto}: a named constant with its elements, little-endian and row-major. */
final class TensorProto {
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;

  // Of TensorProto.DataType.
  static final int FLOAT = 1;
  private static final int INT64 = 7;

  private TensorProto() {}

  /** Of FLOAT32 elements, which are not copied. */
  static ProtocolBuffer of(String name, Tensor tensor) {
    return begin(name, FLOAT, tensor.spec().shape().dims())
        .bytes(RAW_DATA, littleEndian(tensor.bytes()));
  }

  /** A vector. */
  static ProtocolBuffer of(String name, long... values) {
    ByteBuffer data =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return begin(name, INT64, values.length).bytes(RAW_DATA, data);
  }

  private static ProtocolBuffer begin(String name, int type, int... dims) {
    ProtocolBuffer tensor = new ProtocolBuffer();
    for (int dim : dims) {
      tensor.integer(DIMS, dim);
    }
    return tensor.integer(DATA_TYPE, type).string(NAME, name);
  }

  /** Words of 4 bytes as they are, or on a machine that keeps them otherwise, in a copy. */
  private static ByteBuffer littleEndian(ByteBuffer words) {
    if (words.order() == ByteOrder.LITTLE_ENDIAN) {
      return words;
    }
    ByteBuffer copy = ByteBuffer.allocate(words.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    copy.asIntBuffer().put(words.asIntBuffer());
    return copy;
  }
}

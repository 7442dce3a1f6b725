// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.ops.Activate;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.Binary;
import io.convoy.ops.Concat;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import io.convoy.ops.Pad;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Reduce;
import io.convoy.ops.Reshape;
import io.convoy.ops.Slice;
import io.convoy.ops.Softmax;
import java.util.HashMap;
import java.util.Map;

/** Which code translates which op. */
final class Converters {
  private static final Map<Class<? extends Op>, Converter<Op>> TABLE = new HashMap<>();

  static {
    put(Conv2D.class, Linear::convolution);
    put(Conv2DBackpropInput.class, Linear::transposedConvolution);
    put(MatMul.class, Linear::product);
    put(BiasAdd.class, Linear::bias);
    put(Pool2D.class, Windows::pool);
    put(BatchNormInference.class, Normalization::batch);
    put(LocalResponseNormalization.class, Normalization::localResponse);
    put(Activate.class, Activations::activate);
    put(Softmax.class, Activations::softmax);
    put(Binary.class, Elementwise::combine);
    put(Reshape.class, Rearrangement::reshape);
    put(Concat.class, Rearrangement::concat);
    put(Slice.class, Rearrangement::slice);
    put(Pad.class, Rearrangement::pad);
    put(Reduce.class, Rearrangement::reduce);
  }

  private Converters() {}

  private static <O extends Op> void put(Class<O> type, Converter<O> converter) {
    TABLE.put(type, (op, node, to) -> converter.convert(type.cast(op), node, to));
  }

  static void convert(Node node, Translation to) {
    Converter<Op> converter = TABLE.get(node.op().getClass());
    if (converter == null) {
      throw new IllegalArgumentException(
          "'"
              + node.name()
              + "' ("
              + node.op().label()
              + ") can't be exported: Convoy knows no counterpart of this op in ONNX");
    }
    converter.convert(node.op(), node, to);
  }
}

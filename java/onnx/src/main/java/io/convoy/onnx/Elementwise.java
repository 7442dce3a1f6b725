// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.Binary;

/** Ops of two tensors, which broadcast in ONNX as in Convoy. */
final class Elementwise {
  private Elementwise() {}

  static void combine(Binary op, Node node, Translation to) {
    Value a = node.input(0);
    Value b = node.input(1);
    boolean images = a.shape().rank() == 4 && b.shape().rank() == 4;
    Layout layout = images ? Layout.CHANNELS_FIRST : Layout.ROWS;
    String[] inputs = {to.in(a, layout), to.in(b, layout)};
    if (op.kind() == Binary.Kind.GREATER_EQUAL) {
      OnnxNode truth = to.add(opType(op.kind()), node.name() + "/truth", inputs);
      to.define(node, layout, "Cast", truth.output()).with("to", (long) TensorProto.FLOAT);
    } else {
      to.define(node, layout, opType(op.kind()), inputs);
    }
  }

  private static String opType(Binary.Kind kind) {
    return switch (kind) {
      case ADD -> "Add";
      case SUBTRACT -> "Sub";
      case MULTIPLY -> "Mul";
      case DIVIDE -> "Div";
      case MAXIMUM -> "Max";
      case MINIMUM -> "Min";
      case GREATER_EQUAL -> "GreaterOrEqual";
    };
  }
}

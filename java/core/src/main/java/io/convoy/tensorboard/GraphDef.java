// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensorboard;

import io.convoy.files.ProtocolBuffer;
import io.convoy.graph.Graph;
import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * Makes {@code GraphDef} (tensorflow/core/framework: graph.proto, node_def.proto, attr_value.proto,
 * tensor_shape.proto): nodes with name, op, inputs, output shapes for the edges, and the op's
 * settings as text. The ops are Convoy's, so TensorFlow can't run it.
 */
final class GraphDef {
  /** Of GraphDef. */
  private static final int NODE = 1;

  // Of NodeDef.
  private static final int NAME = 1;
  private static final int OP = 2;
  private static final int INPUT = 3;
  private static final int ATTR = 5;

  // Of an entry of a map.
  private static final int KEY = 1;
  private static final int VALUE = 2;

  // Of AttrValue and AttrValue.ListValue.
  private static final int LIST = 1;
  private static final int S = 2;
  private static final int SHAPE = 7;

  /** Of TensorShapeProto. */
  private static final int DIM = 2;

  /** Of TensorShapeProto.Dim; -1 if it is open. */
  private static final int SIZE = 1;

  private GraphDef() {}

  static ProtocolBuffer of(Graph graph) {
    ProtocolBuffer message = new ProtocolBuffer();
    graph.nodes().forEach(node -> message.message(NODE, nodeDef(node)));
    return message;
  }

  private static ProtocolBuffer nodeDef(Node node) {
    ProtocolBuffer message =
        new ProtocolBuffer()
            .string(NAME, node.name())
            .string(OP, node.op().getClass().getSimpleName());
    node.inputs().stream()
        .filter(input -> !isToken(input))
        .forEach(input -> message.string(INPUT, input.name()));
    // Inputs that only order the nodes come last.
    node.inputs().stream()
        .filter(GraphDef::isToken)
        .forEach(input -> message.string(INPUT, "^" + input.node().name()));
    attribute(message, "_output_shapes", new ProtocolBuffer().message(LIST, outputShapes(node)));
    attribute(message, "settings", new ProtocolBuffer().string(S, node.op().toString()));
    return message;
  }

  private static boolean isToken(Value value) {
    return value.spec().equals(TensorSpec.TOKEN);
  }

  private static void attribute(ProtocolBuffer node, String name, ProtocolBuffer value) {
    node.message(ATTR, new ProtocolBuffer().string(KEY, name).message(VALUE, value));
  }

  private static ProtocolBuffer outputShapes(Node node) {
    ProtocolBuffer list = new ProtocolBuffer();
    node.outputs().forEach(output -> list.message(SHAPE, shape(output.shape())));
    return list;
  }

  private static ProtocolBuffer shape(Shape shape) {
    ProtocolBuffer message = new ProtocolBuffer();
    for (int dim : shape.dims()) {
      message.message(DIM, new ProtocolBuffer().integer(SIZE, dim));
    }
    return message;
  }
}

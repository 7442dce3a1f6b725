// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.files.ProtocolBuffer;
import java.util.ArrayList;
import java.util.List;

/** A {@code NodeProto} with one output, by whose name it goes. */
final class OnnxNode {
  private static final int INPUT = 1;
  private static final int OUTPUT = 2;
  private static final int NAME = 3;
  private static final int OP_TYPE = 4;
  private static final int ATTRIBUTE = 5;

  // Of AttributeProto.
  private static final int ATTRIBUTE_NAME = 1;
  private static final int F = 2;
  private static final int I = 3;
  private static final int INTS = 8;
  private static final int TYPE = 20;

  // Of AttributeProto.AttributeType.
  private static final int FLOAT_TYPE = 1;
  private static final int INT_TYPE = 2;
  private static final int INTS_TYPE = 7;

  private final String opType;
  private final String output;
  private final List<String> inputs;
  private final List<ProtocolBuffer> attributes = new ArrayList<>();

  OnnxNode(String opType, String output, List<String> inputs) {
    this.opType = opType;
    this.output = output;
    this.inputs = new ArrayList<>(inputs);
  }

  String output() {
    return output;
  }

  OnnxNode with(String name, float value) {
    return with(name, FLOAT_TYPE, new ProtocolBuffer().float32(F, value));
  }

  OnnxNode with(String name, long value) {
    return with(name, INT_TYPE, new ProtocolBuffer().integer(I, value));
  }

  OnnxNode with(String name, int... values) {
    ProtocolBuffer list = new ProtocolBuffer();
    for (int value : values) {
      list.integer(INTS, value);
    }
    return with(name, INTS_TYPE, list);
  }

  private OnnxNode with(String name, int type, ProtocolBuffer value) {
    attributes.add(value.string(ATTRIBUTE_NAME, name).integer(TYPE, type));
    return this;
  }

  /** Adds a bias, if the op takes one and has none yet. */
  boolean takesBias(String bias) {
    boolean linear =
        opType.equals("Conv") || opType.equals("ConvTranspose") || opType.equals("Gemm");
    if (linear && inputs.size() == 2) {
      inputs.add(bias);
      return true;
    }
    return false;
  }

  ProtocolBuffer message() {
    ProtocolBuffer node = new ProtocolBuffer();
    inputs.forEach(input -> node.string(INPUT, input));
    node.string(OUTPUT, output).string(NAME, output).string(OP_TYPE, opType);
    attributes.forEach(attribute -> node.message(ATTRIBUTE, attribute));
    return node;
  }
}

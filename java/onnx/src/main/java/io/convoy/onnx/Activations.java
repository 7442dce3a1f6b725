// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.Softmax;
import io.convoy.tensor.Tensor;

/** Functions of each element, in the layout in which it is; and softmax. */
final class Activations {
  private final Activation function;
  private final Node node;
  private final Translation to;
  private final Layout layout;
  private final String x;

  private Activations(Activation function, Node node, Translation to) {
    this.function = function;
    this.node = node;
    this.to = to;
    this.layout = to.layout(node.input(0));
    this.x = to.in(node.input(0), layout);
  }

  static void activate(Activate op, Node node, Translation to) {
    new Activations(op.function(), node, to).convert();
  }

  static void softmax(Softmax op, Node node, Translation to) {
    Value x = node.input(0);
    Layout layout = to.layout(x);
    int rank = x.shape().rank();
    to.define(node, layout, op.log() ? "LogSoftmax" : "Softmax", to.in(x, layout))
        .with("axis", (long) layout.position(rank - 1, rank));
  }

  private void convert() {
    switch (function.kind()) {
      case RELU -> result("Relu", x);
      case RELU6 -> result("Clip", x, constant("min", 0), constant("max", 6));
      case LEAKY_RELU -> result("LeakyRelu", x).with("alpha", function.alpha());
      case ELU -> result("Elu", x).with("alpha", function.alpha());
      case SIGMOID -> result("Sigmoid", x);
      case TANH -> result("Tanh", x);
      case GELU -> gelu();
      case SILU -> result("Mul", x, step("Sigmoid", "sigmoid", x));
      case RADIAL_BASIS -> radialBasis();
      case LINEAR -> {
        String scaled = step("Mul", "scaled", x, constant("factor", function.alpha()));
        result("Add", scaled, constant("summand", function.beta()));
      }
      case EXP -> result("Exp", x);
      case LOG -> result("Log", x);
      case SQRT -> result("Sqrt", x);
      case SQUARE -> result("Mul", x, x);
      case ABS -> result("Abs", x);
    }
  }

  /** x (1 + erf(x / sqrt(2))) / 2; ONNX has a Gelu since opset 20. */
  private void gelu() {
    String scaled = step("Div", "scaled", x, constant("root", (float) Math.sqrt(2)));
    String error = step("Erf", "erf", scaled);
    String doubled = step("Add", "doubled", error, constant("one", 1));
    String product = step("Mul", "product", x, doubled);
    result("Mul", product, constant("half", 0.5f));
  }

  /** exp(-(alpha |x - beta|)^2). */
  private void radialBasis() {
    String distance = step("Sub", "distance", x, constant("centre", function.beta()));
    String scaled = step("Mul", "scaled", distance, constant("sharpness", function.alpha()));
    String square = step("Mul", "square", scaled, scaled);
    result("Exp", step("Neg", "negative", square));
  }

  private OnnxNode result(String opType, String... inputs) {
    return to.define(node, layout, opType, inputs);
  }

  private String step(String opType, String name, String... inputs) {
    return to.add(opType, node.name() + "/" + name, inputs).output();
  }

  private String constant(String name, float value) {
    return to.initializer(node.name() + "/" + name, Tensor.scalar(value));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.MatMul;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;
import java.util.Optional;

/** Conv, ConvTranspose and Gemm, which take the bias behind them. */
final class Linear {
  private Linear() {}

  static void convolution(Conv2D op, Node node, Translation to) {
    convolution("Conv", op.spec(), node, node.input(0).shape(), to);
  }

  /** ONNX's filter is that of the convolution whose gradient it is, as Convoy's. */
  static void transposedConvolution(Conv2DBackpropInput op, Node node, Translation to) {
    Window rows = op.spec().rows(op.height(), node.input(1).shape().dim(0));
    Window columns = op.spec().columns(op.width(), node.input(1).shape().dim(1));
    convolution("ConvTranspose", op.spec(), node, node.output(0).shape(), to)
        .with("output_padding", uncovered(rows), uncovered(columns));
  }

  /** How many elements at the end no window reaches. */
  private static int uncovered(Window window) {
    int extent = (window.size() - 1) * window.dilation() + 1;
    int reached = (window.output() - 1) * window.stride() + extent - window.before();
    return Math.max(0, window.input() + window.after() - reached);
  }

  private static OnnxNode convolution(
      String opType, ConvSpec spec, Node node, Shape image, Translation to) {
    String x = to.in(node.input(0), Layout.CHANNELS_FIRST);
    String filter = to.in(node.input(1), Layout.FILTER);
    Shape size = node.input(1).shape();
    Window rows = spec.rows(image.dim(1), size.dim(0));
    Window columns = spec.columns(image.dim(2), size.dim(1));
    OnnxNode made = to.define(node, Layout.CHANNELS_FIRST, opType, x, filter);
    return Windows.place(made, rows, columns)
        .with("dilations", spec.dilationH(), spec.dilationW())
        .with("group", (long) spec.groups());
  }

  static void product(MatMul op, Node node, Translation to) {
    String a = to.in(node.input(0), Layout.ROWS);
    String b = to.in(node.input(1), Layout.ROWS);
    to.define(node, Layout.ROWS, "Gemm", a, b)
        .with("transA", op.transposeA() ? 1L : 0L)
        .with("transB", op.transposeB() ? 1L : 0L);
  }

  /** Into the linear op before it, if it is there by then; or else as a sum over rows. */
  static void bias(BiasAdd op, Node node, Translation to) {
    Value x = node.input(0);
    Layout layout = to.layout(x);
    String bias = to.in(node.input(1), Layout.ROWS);
    Optional<OnnxNode> linear =
        to.isData(node.input(1)) ? to.makerForOne(x, layout) : Optional.empty();
    if (linear.isPresent() && linear.get().takesBias(bias)) {
      to.define(node.output(0), layout, linear.get().output());
    } else {
      to.define(node, Layout.ROWS, "Add", to.in(x, Layout.ROWS), bias);
    }
  }
}

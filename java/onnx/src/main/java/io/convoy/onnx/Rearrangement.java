// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.graph.Value;
import io.convoy.ops.Concat;
import io.convoy.ops.Pad;
import io.convoy.ops.Reduce;
import io.convoy.ops.Reshape;
import io.convoy.ops.Slice;
import io.convoy.tensor.Shape;
import java.util.Arrays;

/** Ops that move elements along axes, or join them there. */
final class Rearrangement {
  private Rearrangement() {}

  /** In the order of rows, which a single pixel has in any layout. */
  static void reshape(Reshape op, Node node, Translation to) {
    Value x = node.input(0);
    Shape from = x.shape();
    boolean pixel = from.rank() == 4 && from.dim(1) == 1 && from.dim(2) == 1;
    String rows = to.in(x, pixel ? to.layout(x) : Layout.ROWS);
    long[] dims = Arrays.stream(node.output(0).shape().dims()).asLongStream().toArray();
    String shape = to.initializer(node.name() + "/shape", dims);
    to.define(node, Layout.ROWS, "Reshape", rows, shape);
  }

  static void concat(Concat op, Node node, Translation to) {
    int rank = node.output(0).shape().rank();
    Layout layout = rank == 4 ? Layout.CHANNELS_FIRST : Layout.ROWS;
    String[] inputs = node.inputs().stream().map(v -> to.in(v, layout)).toArray(String[]::new);
    to.define(node, layout, "Concat", inputs).with("axis", (long) layout.position(op.axis(), rank));
  }

  static void slice(Slice op, Node node, Translation to) {
    Layout layout = to.layout(node.input(0));
    int axis = layout.position(op.axis(), node.input(0).shape().rank());
    String x = to.in(node.input(0), layout);
    String begin = to.initializer(node.name() + "/begin", op.begin());
    String end = to.initializer(node.name() + "/end", op.begin() + op.length());
    String axes = to.initializer(node.name() + "/axis", axis);
    to.define(node, layout, "Slice", x, begin, end, axes);
  }

  static void pad(Pad op, Node node, Translation to) {
    int rank = node.input(0).shape().rank();
    Layout layout = to.layout(node.input(0));
    int axis = layout.position(op.axis(), rank);
    String x = to.in(node.input(0), layout);
    long[] amounts = new long[2 * rank]; // before each axis, then behind each
    amounts[axis] = op.before();
    amounts[rank + axis] = op.after();
    to.define(node, layout, "Pad", x, to.initializer(node.name() + "/pads", amounts));
  }

  static void reduce(Reduce op, Node node, Translation to) {
    String x = to.in(node.input(0), Layout.ROWS);
    int[] axes = op.axes().stream().mapToInt(i -> i).toArray();
    OnnxNode made;
    if (axes.length == 0) { // by which ONNX means all of them
      to.define(node, Layout.ROWS, "Identity", x);
      return;
    }
    if (op.kind() == Reduce.Kind.SUM) { // the axes of a mean become an input only in opset 18
      long[] values = Arrays.stream(axes).asLongStream().toArray();
      made =
          to.define(
              node, Layout.ROWS, "ReduceSum", x, to.initializer(node.name() + "/axes", values));
    } else {
      made = to.define(node, Layout.ROWS, "ReduceMean", x).with("axes", axes);
    }
    made.with("keepdims", op.keepDims() ? 1L : 0L);
  }
}

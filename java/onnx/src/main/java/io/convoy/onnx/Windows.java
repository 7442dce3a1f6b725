// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.ops.Pool2D;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;

/** Windows over images: their attributes, and pooling. */
final class Windows {
  private Windows() {}

  /** Padding always in numbers: ONNX's SAME_UPPER leaves them to the reader. */
  static OnnxNode place(OnnxNode node, Window rows, Window columns) {
    return node.with("kernel_shape", rows.size(), columns.size())
        .with("strides", rows.stride(), columns.stride())
        .with("pads", rows.before(), columns.before(), rows.after(), columns.after());
  }

  static void pool(Pool2D op, Node node, Translation to) {
    PoolSpec spec = op.spec();
    String x = to.in(node.input(0), Layout.CHANNELS_FIRST);
    Shape image = node.input(0).shape();
    Window rows = spec.rows(image.dim(1));
    Window columns = spec.columns(image.dim(2));
    switch (spec.kind()) {
      case MAX -> place(to.define(node, Layout.CHANNELS_FIRST, "MaxPool", x), rows, columns);
      case AVERAGE ->
          place(to.define(node, Layout.CHANNELS_FIRST, "AveragePool", x), rows, columns)
              .with("count_include_pad", 0L);
      case MIN -> { // which ONNX has not: min(x) = -max(-x)
        String negative = to.add("Neg", node.name() + "/negative", x).output();
        OnnxNode largest = to.add("MaxPool", node.name() + "/largest", negative);
        place(largest, rows, columns);
        to.define(node, Layout.CHANNELS_FIRST, "Neg", largest.output());
      }
    }
  }
}

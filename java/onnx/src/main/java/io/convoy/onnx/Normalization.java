// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Node;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.LocalResponseNormalization;

/** Batch and local response normalisation. */
final class Normalization {
  private Normalization() {}

  static void batch(BatchNormInference op, Node node, Translation to) {
    boolean image = node.input(0).shape().rank() == 4;
    Layout layout = image ? Layout.CHANNELS_FIRST : Layout.ROWS;
    String[] inputs = new String[node.inputs().size()];
    inputs[0] = to.in(node.input(0), layout);
    for (int i = 1; i < inputs.length; i++) {
      inputs[i] = to.in(node.input(i), Layout.ROWS);
    }
    to.define(node, layout, "BatchNormalization", inputs).with("epsilon", op.epsilon());
  }

  /** ONNX divides alpha by the number of channels in the sum. */
  static void localResponse(LocalResponseNormalization op, Node node, Translation to) {
    String x = to.in(node.input(0), Layout.CHANNELS_FIRST);
    int size = 2 * op.depthRadius(node.input(0).shape().dim(3)) + 1;
    to.define(node, Layout.CHANNELS_FIRST, "LRN", x)
        .with("size", (long) size)
        .with("alpha", op.alpha() * size)
        .with("beta", op.beta())
        .with("bias", op.bias());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;
import io.convoy.ops.Softmax;

/** What metrics ask of a network's output. */
final class Outputs {
  private Outputs() {}

  /**
   * What the classes are ranked by. Behind a softmax these are the logits: the order is the same,
   * but far-off ones don't round to equal probabilities.
   */
  static Value ranked(Value predictions) {
    boolean softmax = predictions.node().op().equals(new Softmax(false));
    return softmax ? predictions.node().input(0) : predictions;
  }

  /** Returns the number of outputs of {@code [N,C]}. */
  static int requireRows(String metric, Value predictions) {
    if (predictions.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "metric "
              + metric
              + " wants predictions [N,C], the network makes "
              + predictions.shape()
              + "; end it with flatten() or globalAveragePooling2D() and dense()");
    }
    return predictions.shape().dim(1);
  }
}

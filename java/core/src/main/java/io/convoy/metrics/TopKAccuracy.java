// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Softmax;

/**
 * 1 where the label's class is among the k largest predictions. Behind a softmax it ranks the
 * logits: the order is the same, but far-off ones don't round to equal probabilities.
 *
 * @param k how many
 */
record TopKAccuracy(int k) implements Metric {
  @Override
  public String name() {
    return k == 1 ? "accuracy" : "top_" + k + "_accuracy";
  }

  @Override
  public Value perInstance(Value labels, Value predictions) {
    boolean softmax = predictions.node().op().equals(new Softmax(false));
    return Nn.inTopK(labels, softmax ? predictions.node().input(0) : predictions, k);
  }
}

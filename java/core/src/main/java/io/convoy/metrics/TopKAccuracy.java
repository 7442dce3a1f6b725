// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;

/**
 * 1 where the label's class is among the k largest predictions.
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
    int classes = Outputs.requireRows(name(), predictions);
    if (k > classes) {
      throw new IllegalArgumentException(
          "metric " + name() + " wants at least " + k + " classes, the network has " + classes);
    }
    return Nn.inTopK(labels, Outputs.ranked(predictions), k);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;

/** 1 - |label - (prediction &gt;= 0.5)|, mean over the outputs of an instance. */
record BinaryAccuracy() implements Metric {
  @Override
  public String name() {
    return "binary_accuracy";
  }

  @Override
  public Value perInstance(Value labels, Value predictions) {
    Value half = predictions.graph().constant(0.5f);
    Value wrong = Nn.subtract(labels, Nn.greaterEqual(predictions, half));
    Value distance = Nn.activate(wrong, Activation.of(Activation.Kind.ABS));
    Value right = Nn.activate(distance, Activation.linear(-1, 1));
    return Nn.reduceMean(Nn.flatten(right), 1);
  }
}

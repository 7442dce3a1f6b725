// SPDX-License-Identifier: Apache-2.0
package io.convoy.losses;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/** (prediction - label)^2, mean over the outputs of an instance. */
record MeanSquaredError() implements Loss {
  @Override
  public String name() {
    return "mean_squared_error";
  }

  @Override
  public TensorSpec labels(Shape predictions) {
    return new TensorSpec(DType.FLOAT32, predictions);
  }

  @Override
  public Value perInstance(Value labels, Value predictions) {
    return Nn.reduceMean(Nn.flatten(Nn.square(Nn.subtract(predictions, labels))), 1);
  }
}

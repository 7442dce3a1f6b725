// SPDX-License-Identifier: Apache-2.0
package io.convoy.losses;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/**
 * -label log p - (1 - label) log(1 - p), mean over the outputs of an instance. Of a network that
 * ends in sigmoid it takes the logits.
 *
 * @param fromLogits whether predictions are logits or sigmoid outputs
 */
record BinaryCrossentropy(boolean fromLogits) implements Loss {
  @Override
  public String name() {
    return fromLogits ? "binary_crossentropy_from_logits" : "binary_crossentropy";
  }

  @Override
  public TensorSpec labels(Shape predictions) {
    return new TensorSpec(DType.FLOAT32, predictions);
  }

  @Override
  public Value perInstance(Value labels, Value predictions) {
    Value losses = Nn.sigmoidCrossEntropyWithLogits(labels, logits(predictions));
    return Nn.reduceMean(Nn.flatten(losses), 1);
  }

  private Value logits(Value predictions) {
    if (fromLogits) {
      return predictions;
    }
    if (predictions.node().op().equals(new Activate(Activation.SIGMOID))) {
      return predictions.node().input(0);
    }
    throw new IllegalArgumentException(
        name()
            + " wants a network that ends in sigmoid; this one ends in '"
            + predictions.name()
            + "'. Add activation(SIGMOID), or use the loss from logits");
  }
}

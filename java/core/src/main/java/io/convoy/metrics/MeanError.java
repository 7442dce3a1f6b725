// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;

/**
 * |prediction - label| or its square, mean over the outputs of an instance.
 *
 * @param name Keras' name
 * @param function of the difference
 */
record MeanError(String name, Activation function) implements Metric {
  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Value perInstance(Value labels, Value predictions) {
    if (!labels.spec().equals(predictions.spec())) {
      throw new IllegalArgumentException(
          "metric "
              + name
              + " wants labels like the predictions, "
              + predictions.spec()
              + "; the loss' labels are "
              + labels.spec()
              + ". Take a loss of dense labels, such as mean_squared_error");
    }
    Value errors = Nn.activate(Nn.subtract(predictions, labels), function);
    return Nn.reduceMean(Nn.flatten(errors), 1);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.ops.Assign;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Batch normalisation over the innermost axis. Training uses the batch's statistics and moves the
 * averages: moving = momentum moving + (1 - momentum) batch, the variance divided by the number of
 * elements, as Keras 3 does; inference uses the averages, and so does training of a frozen layer.
 */
public final class BatchNormalization implements Layer {
  private float momentum = 0.99f;
  private float epsilon = 1e-3f;

  BatchNormalization() {}

  /**
   * Sets what is kept of the moving averages; 0.99 by default.
   *
   * @param kept from 0 to 1
   * @return this
   */
  public BatchNormalization momentum(double kept) {
    momentum = (float) kept;
    return this;
  }

  /**
   * Sets what is added to the variance; 1e-3 by default.
   *
   * @param added above 0
   * @return this
   */
  public BatchNormalization epsilon(double added) {
    epsilon = (float) added;
    return this;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = Inputs.one(scope, this, inputs);
    Shape channels = Shape.of(x.shape().dim(-1));
    Value gamma = scope.weight("gamma", channels, Initializers.ones(), true);
    Value beta = scope.weight("beta", channels, Initializers.zeros(), true);
    Value mean = scope.weight("moving_mean", channels, Initializers.zeros(), false);
    Value variance = scope.weight("moving_variance", channels, Initializers.ones(), false);
    if (!scope.training() || !scope.trainable()) {
      return Images.batchNormInference(x, gamma, beta, mean, variance, epsilon);
    }
    List<Value> outputs = Images.batchNorm(x, gamma, beta, epsilon);
    move(scope, mean, outputs.get(1));
    move(scope, variance, outputs.get(2));
    return outputs.get(0);
  }

  private void move(LayerScope scope, Value average, Value batch) {
    Assign op = new Assign(momentum, 1 - momentum);
    scope.graph().addUpdate(scope.graph().add("move", op, average, batch).output(0));
  }

  @Override
  public Config config() {
    return new Config().put("momentum", momentum).put("epsilon", epsilon);
  }

  static BatchNormalization of(Config config) {
    BatchNormalization layer = new BatchNormalization();
    layer.momentum = config.number("momentum");
    layer.epsilon = config.number("epsilon");
    return layer;
  }
}

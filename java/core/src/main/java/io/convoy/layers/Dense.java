// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Fully connected: {@code [N,C]} to {@code [N,units]}, activation(x kernel + bias). Kernel {@code
 * [C,units]}, bias {@code [units]}.
 */
public final class Dense extends WeightSettings<Dense> {
  private final int units;

  Dense(int units) {
    if (units < 1) {
      throw new IllegalArgumentException("dense wants at least 1 unit, got " + units);
    }
    this.units = units;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = Inputs.one(scope, this, inputs);
    if (x.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "layer '"
              + scope.name()
              + "' (Dense) wants [batch, features], got "
              + x.shape()
              + "; put flatten() before it");
    }
    Value kernel = kernel(scope, Shape.of(x.shape().dim(1), units));
    return finish(scope, Nn.matmul(x, kernel));
  }

  @Override
  Dense self() {
    return this;
  }

  @Override
  public Config config() {
    return write(new Config().put("units", units));
  }

  static Dense of(Config config) {
    return new Dense(config.integer("units")).read(config);
  }
}

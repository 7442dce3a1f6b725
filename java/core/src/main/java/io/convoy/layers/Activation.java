// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import java.util.List;

/** An activation as a layer of its own. */
public final class Activation implements Layer {
  private final ActivationFunction function;

  Activation(ActivationFunction function) {
    this.function = function;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return function.apply(Inputs.one(scope, this, inputs));
  }

  @Override
  public Config config() {
    Config config = new Config();
    function.write(config);
    return config;
  }

  static Activation of(Config config) {
    return new Activation(ActivationFunction.read(config));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import java.util.List;

/** Another layer, whose weights no optimizer changes. */
record FrozenLayer(Layer layer) implements Layer {
  static final String TRAINABLE = "trainable";

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return scope.frozen(() -> layer.build(scope, inputs));
  }

  @Override
  public Config config() {
    return layer.config().put(TRAINABLE, false);
  }

  @Override
  public String className() {
    return layer.className();
  }

  @Override
  public Layer trainable(boolean trainable) {
    return trainable ? layer : this;
  }
}

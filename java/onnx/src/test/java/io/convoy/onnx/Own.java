// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import io.convoy.graph.Value;
import io.convoy.layers.Config;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerScope;
import java.util.List;
import java.util.function.UnaryOperator;

/** A layer of one's own, which no model file can hold. */
record Own(UnaryOperator<Value> function) implements Layer {
  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return function.apply(inputs.get(0));
  }

  @Override
  public Config config() {
    throw new UnsupportedOperationException();
  }
}

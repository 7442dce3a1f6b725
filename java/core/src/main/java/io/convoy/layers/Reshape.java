// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.tensor.Shape;
import java.util.List;

/** The same elements under another shape: {@code [N, ...]} to {@code [N, target]}. */
public final class Reshape implements Layer {
  private final int[] target;

  Reshape(int... target) {
    this.target = target.clone();
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return Nn.reshape(Inputs.one(scope, this, inputs), Shape.of(target).batched());
  }

  @Override
  public Config config() {
    return new Config().put("target_shape", target);
  }

  static Reshape of(Config config) {
    return new Reshape(config.integers("target_shape"));
  }
}

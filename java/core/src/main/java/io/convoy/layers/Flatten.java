// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import java.util.List;

/** One row an instance: {@code [N, ...]} to {@code [N, product of the rest]}, in NHWC order. */
public final class Flatten implements Layer {
  Flatten() {}

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return Nn.flatten(Inputs.one(scope, this, inputs));
  }

  @Override
  public Config config() {
    return new Config();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import java.util.List;

/** Joins branches along the innermost axis (channels). */
public final class Concatenate implements Layer {
  Concatenate() {}

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return Nn.concat(inputs, -1);
  }

  @Override
  public Config config() {
    return new Config();
  }
}

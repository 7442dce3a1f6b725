// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import java.util.List;

/** Checks of what layers are applied to. */
final class Inputs {
  private Inputs() {}

  static Value one(LayerScope scope, Layer layer, List<Value> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "layer '"
              + scope.name()
              + "' ("
              + layer.className()
              + ") wants one input, got "
              + inputs.size());
    }
    return inputs.get(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import java.util.List;

/** Drops elements at random while training; does nothing at inference. */
public final class Dropout implements Layer {
  private final float rate;

  Dropout(float rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("the dropout rate must be in [0, 1), is " + rate);
    }
    this.rate = rate;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = Inputs.one(scope, this, inputs);
    return scope.training() ? Nn.dropout(x, rate, scope.counter()) : x;
  }

  @Override
  public Config config() {
    return new Config().put("rate", rate);
  }

  static Dropout of(Config config) {
    return new Dropout(config.number("rate"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.List;

/** Where instances enter a network: a FLOAT32 placeholder with an open batch. */
public final class InputLayer implements Layer {
  private final Shape shape;

  InputLayer(int... shape) {
    this.shape = Shape.of(shape);
    this.shape.elements(); // no open dimension, no overflow
  }

  /**
   * Returns the shape with the open batch.
   *
   * @return {@code [?, ...]}
   */
  public Shape batchShape() {
    return shape.batched();
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return scope.graph().placeholder(scope.name(), DType.FLOAT32, batchShape());
  }

  @Override
  public Config config() {
    return new Config().put("shape", shape.dims());
  }

  static InputLayer of(Config config) {
    return new InputLayer(config.integers("shape"));
  }
}

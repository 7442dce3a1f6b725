// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import java.util.List;

/** Where instances enter a network: a FLOAT32 placeholder with an open batch. */
public final class InputLayer implements Layer {
  private final int[] shape;

  InputLayer(int... shape) {
    Shape.of(shape).elements();
    this.shape = shape.clone();
  }

  /**
   * Returns the shape with the open batch.
   *
   * @return {@code [?, ...]}
   */
  public Shape batchShape() {
    int[] dims = new int[shape.length + 1];
    dims[0] = Shape.UNKNOWN;
    System.arraycopy(shape, 0, dims, 1, shape.length);
    return Shape.of(dims);
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return scope.graph().placeholder(scope.name(), DType.FLOAT32, batchShape());
  }

  @Override
  public Config config() {
    return new Config().put("shape", shape);
  }

  static InputLayer of(Config config) {
    return new InputLayer(config.integers("shape"));
  }
}

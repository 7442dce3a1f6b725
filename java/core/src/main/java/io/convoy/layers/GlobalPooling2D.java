// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.ops.PoolSpec;
import java.util.List;

/** Pooling over the whole image: {@code [N,H,W,C]} to {@code [N,C]}. */
public final class GlobalPooling2D implements Layer {
  private final PoolSpec.Kind kind;

  GlobalPooling2D(PoolSpec.Kind kind) {
    this.kind = kind;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    return Images.globalPool(ConvSettings.image(scope, this, inputs), kind);
  }

  @Override
  public String className() {
    return "Global" + PoolingNames.of(kind) + "Pooling2D";
  }

  @Override
  public Config config() {
    return new Config();
  }
}

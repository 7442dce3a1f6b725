// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.ops.Padding;
import io.convoy.ops.PoolSpec;
import java.util.List;

/** Pooling: {@code [N,H,W,C]} to {@code [N,P,Q,C]}. Strides equal the window by default. */
public final class Pooling2D implements Layer {
  private final PoolSpec.Kind kind;
  private final int height;
  private final int width;
  private int strideHeight;
  private int strideWidth;
  private Padding padding = Padding.VALID;

  Pooling2D(PoolSpec.Kind kind, int height, int width) {
    this.kind = kind;
    this.height = height;
    this.width = width;
    this.strideHeight = height;
    this.strideWidth = width;
  }

  /**
   * Sets the strides.
   *
   * @param both rows and columns from one window to the next
   * @return this
   */
  public Pooling2D strides(int both) {
    return strides(both, both);
  }

  /**
   * Sets the strides.
   *
   * @param rows rows from one window to the next
   * @param columns columns from one window to the next
   * @return this
   */
  public Pooling2D strides(int rows, int columns) {
    strideHeight = rows;
    strideWidth = columns;
    return this;
  }

  /**
   * Sets the padding; VALID by default.
   *
   * @param rule what happens at the edge
   * @return this
   */
  public Pooling2D padding(Padding rule) {
    padding = rule;
    return this;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = ConvSettings.image(scope, this, inputs);
    PoolSpec spec = new PoolSpec(kind, height, width, strideHeight, strideWidth, padding);
    return Images.pool2d(x, spec);
  }

  @Override
  public String className() {
    return PoolingNames.of(kind) + "Pooling2D";
  }

  @Override
  public Config config() {
    Config config = new Config();
    config.put("pool_size", new int[] {height, width});
    config.put("strides", new int[] {strideHeight, strideWidth});
    PaddingJson.write(config, padding);
    return config;
  }

  static Pooling2D of(PoolSpec.Kind kind, Config config) {
    int[] size = config.integers("pool_size");
    int[] strides = config.integers("strides");
    return new Pooling2D(kind, size[0], size[1])
        .strides(strides[0], strides[1])
        .padding(PaddingJson.read(config));
  }
}

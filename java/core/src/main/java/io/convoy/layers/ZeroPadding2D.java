// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import java.util.List;

/** Adds zeros around images: {@code [N,H,W,C]} to {@code [N,top+H+bottom,left+W+right,C]}. */
public final class ZeroPadding2D implements Layer {
  private final int top;
  private final int bottom;
  private final int left;
  private final int right;

  ZeroPadding2D(int top, int bottom, int left, int right) {
    this.top = top;
    this.bottom = bottom;
    this.left = left;
    this.right = right;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = ConvSettings.image(scope, this, inputs);
    return Nn.pad(Nn.pad(x, 1, top, bottom), 2, left, right);
  }

  @Override
  public Config config() {
    return new Config().put("padding", new int[] {top, bottom, left, right});
  }

  static ZeroPadding2D of(Config config) {
    int[] p = config.integers("padding");
    return new ZeroPadding2D(p[0], p[1], p[2], p[3]);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Depthwise convolution: each channel by itself, {@code [N,H,W,C]} to {@code [N,P,Q,C m]} with the
 * depth multiplier m. Kernel {@code [kh,kw,1,C m]}.
 */
public final class DepthwiseConv2D extends ConvSettings<DepthwiseConv2D> {
  private int multiplier = 1;

  DepthwiseConv2D(int kernelHeight, int kernelWidth) {
    super(kernelHeight, kernelWidth);
  }

  /**
   * Sets how many outputs each channel makes; 1 by default.
   *
   * @param count at least 1
   * @return this
   */
  public DepthwiseConv2D depthMultiplier(int count) {
    multiplier = count;
    return this;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = image(scope, this, inputs);
    int channels = x.shape().dim(3);
    Shape shape = Shape.of(kernelHeight(), kernelWidth(), 1, channels * multiplier);
    return finish(scope, Images.conv2d(x, kernel(scope, shape), spec(channels)));
  }

  @Override
  DepthwiseConv2D self() {
    return this;
  }

  @Override
  public Config config() {
    return write(new Config().put("depth_multiplier", multiplier));
  }

  static DepthwiseConv2D of(Config config) {
    int[] size = config.integers("kernel_size");
    return new DepthwiseConv2D(size[0], size[1])
        .read(config)
        .depthMultiplier(config.integer("depth_multiplier"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Convolution: {@code [N,H,W,C]} to {@code [N,P,Q,filters]}. Kernel {@code
 * [kh,kw,C/groups,filters]}, bias {@code [filters]}; output size as {@link io.convoy.ops.Window}
 * says.
 */
public final class Conv2D extends ConvSettings<Conv2D> {
  private final int filters;
  private int groups = 1;

  Conv2D(int filters, int kernelHeight, int kernelWidth) {
    super(kernelHeight, kernelWidth);
    this.filters = filters;
  }

  /**
   * Sets the number of independent groups of channels; 1 by default.
   *
   * @param count a divisor of input channels and filters
   * @return this
   */
  public Conv2D groups(int count) {
    groups = count;
    return this;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = image(scope, this, inputs);
    int channels = x.shape().dim(3);
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          "layer '"
              + scope.name()
              + "' (Conv2D): "
              + channels
              + " channels can't be divided into "
              + groups
              + " groups");
    }
    Shape shape = Shape.of(kernelHeight(), kernelWidth(), channels / groups, filters);
    return finish(scope, Images.conv2d(x, kernel(scope, shape), spec(groups)));
  }

  @Override
  Conv2D self() {
    return this;
  }

  @Override
  public Config config() {
    return write(new Config().put("filters", filters).put("groups", groups));
  }

  static Conv2D of(Config config) {
    int[] size = config.integers("kernel_size");
    return new Conv2D(config.integer("filters"), size[0], size[1])
        .read(config)
        .groups(config.integer("groups"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Transposed convolution: {@code [N,P,Q,C]} to {@code [N,H,W,filters]}, H = P stride with SAME
 * padding, H = (P - 1) stride + (kh - 1) dilation + 1 less the padding otherwise. Kernel {@code
 * [kh,kw,filters,C]}, as Keras'.
 */
public final class Conv2DTranspose extends ConvSettings<Conv2DTranspose> {
  private final int filters;

  Conv2DTranspose(int filters, int kernelHeight, int kernelWidth) {
    super(kernelHeight, kernelWidth);
    this.filters = filters;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = image(scope, this, inputs);
    ConvSpec spec = spec(1);
    Padding pad = spec.padding();
    int height =
        length(
            x.shape().dim(1),
            spec.strideH(),
            (kernelHeight() - 1) * spec.dilationH() + 1,
            pad.mode(),
            pad.top() + pad.bottom());
    int width =
        length(
            x.shape().dim(2),
            spec.strideW(),
            (kernelWidth() - 1) * spec.dilationW() + 1,
            pad.mode(),
            pad.left() + pad.right());
    Shape shape = Shape.of(kernelHeight(), kernelWidth(), filters, x.shape().dim(3));
    return finish(scope, Images.conv2dTranspose(x, kernel(scope, shape), height, width, spec));
  }

  private static int length(int input, int stride, int extent, Padding.Mode mode, int padded) {
    return mode == Padding.Mode.SAME ? input * stride : (input - 1) * stride + extent - padded;
  }

  @Override
  Conv2DTranspose self() {
    return this;
  }

  @Override
  public Config config() {
    return write(new Config().put("filters", filters));
  }

  static Conv2DTranspose of(Config config) {
    int[] size = config.integers("kernel_size");
    return new Conv2DTranspose(config.integer("filters"), size[0], size[1]).read(config);
  }
}

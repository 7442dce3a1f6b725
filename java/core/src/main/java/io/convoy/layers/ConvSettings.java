// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import java.util.List;

/**
 * What all convolution layers share.
 *
 * @param <T> the layer
 */
abstract class ConvSettings<T extends ConvSettings<T>> extends WeightSettings<T> {
  private final int kernelHeight;
  private final int kernelWidth;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private Padding padding = Padding.VALID;

  ConvSettings(int kernelHeight, int kernelWidth) {
    if (kernelHeight < 1 || kernelWidth < 1) {
      throw new IllegalArgumentException(
          "the kernel size must be positive, is " + kernelHeight + "x" + kernelWidth);
    }
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /**
   * Sets the strides; 1 by default.
   *
   * @param both rows and columns from one window to the next
   * @return this
   */
  public T strides(int both) {
    return strides(both, both);
  }

  /**
   * Sets the strides; 1 by default.
   *
   * @param height rows from one window to the next
   * @param width columns from one window to the next
   * @return this
   */
  public T strides(int height, int width) {
    strideHeight = height;
    strideWidth = width;
    return self();
  }

  /**
   * Sets the dilation; 1 by default.
   *
   * @param both rows and columns from one tap to the next
   * @return this
   */
  public T dilationRate(int both) {
    return dilationRate(both, both);
  }

  /**
   * Sets the dilation; 1 by default.
   *
   * @param height rows from one tap to the next
   * @param width columns from one tap to the next
   * @return this
   */
  public T dilationRate(int height, int width) {
    dilationHeight = height;
    dilationWidth = width;
    return self();
  }

  /**
   * Sets the padding; VALID by default.
   *
   * @param rule what happens at the edge
   * @return this
   */
  public T padding(Padding rule) {
    padding = rule;
    return self();
  }

  int kernelHeight() {
    return kernelHeight;
  }

  int kernelWidth() {
    return kernelWidth;
  }

  ConvSpec spec(int groups) {
    return new ConvSpec(strideHeight, strideWidth, padding, dilationHeight, dilationWidth, groups);
  }

  /** The single input, checked to be an image. */
  static Value image(LayerScope scope, Layer layer, List<Value> inputs) {
    Value x = Inputs.one(scope, layer, inputs);
    if (x.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "layer '"
              + scope.name()
              + "' ("
              + layer.className()
              + ") wants an image [batch, height, width, channels], got "
              + x.shape());
    }
    return x;
  }

  @Override
  Config write(Config config) {
    config.put("kernel_size", new int[] {kernelHeight, kernelWidth});
    config.put("strides", new int[] {strideHeight, strideWidth});
    config.put("dilation_rate", new int[] {dilationHeight, dilationWidth});
    PaddingJson.write(config, padding);
    return super.write(config);
  }

  @Override
  T read(Config config) {
    int[] strides = config.integers("strides");
    int[] dilation = config.integers("dilation_rate");
    return super.read(config)
        .strides(strides[0], strides[1])
        .dilationRate(dilation[0], dilation[1])
        .padding(PaddingJson.read(config));
  }
}

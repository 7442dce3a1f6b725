// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import java.util.List;

/**
 * Local response normalisation across channels, of images {@code [N,H,W,C]}: x / (bias + alpha sum
 * of x^2)^beta, where the sum goes over a channel and its neighbours. Settings and defaults are
 * those of {@code tf.nn.local_response_normalization}.
 */
public final class LocalResponseNormalization implements Layer {
  private int depthRadius = 5;
  private float bias = 1;
  private float alpha = 1;
  private float beta = 0.5f;

  LocalResponseNormalization() {}

  /**
   * Sets how far the sum reaches; 5 by default.
   *
   * @param channels neighbours to each side, at least 0
   * @return this
   */
  public LocalResponseNormalization depthRadius(int channels) {
    depthRadius = channels;
    return this;
  }

  /**
   * Sets what the sum is added to; 1 by default.
   *
   * @param added above 0
   * @return this
   */
  public LocalResponseNormalization bias(double added) {
    bias = (float) added;
    return this;
  }

  /**
   * Sets the sum's factor; 1 by default.
   *
   * @param factor at least 0; not divided by the number of channels in the sum
   * @return this
   */
  public LocalResponseNormalization alpha(double factor) {
    alpha = (float) factor;
    return this;
  }

  /**
   * Sets the exponent; 0.5 by default.
   *
   * @param exponent above 0
   * @return this
   */
  public LocalResponseNormalization beta(double exponent) {
    beta = (float) exponent;
    return this;
  }

  @Override
  public Value build(LayerScope scope, List<Value> inputs) {
    Value x = ConvSettings.image(scope, this, inputs);
    return Images.localResponseNormalization(x, depthRadius, bias, alpha, beta);
  }

  @Override
  public Config config() {
    return new Config()
        .put("depth_radius", depthRadius)
        .put("bias", bias)
        .put("alpha", alpha)
        .put("beta", beta);
  }

  static LocalResponseNormalization of(Config config) {
    LocalResponseNormalization layer = new LocalResponseNormalization();
    layer.depthRadius = config.integer("depth_radius");
    layer.bias = config.number("bias");
    layer.alpha = config.number("alpha");
    layer.beta = config.number("beta");
    return layer;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Nn;
import io.convoy.tensor.Shape;

/**
 * What all layers with a kernel, a bias and an activation share.
 *
 * @param <T> the layer
 */
abstract class WeightSettings<T extends WeightSettings<T>> implements Layer {
  private ActivationFunction activation = ActivationFunction.LINEAR;
  private boolean useBias = true;
  private Initializer kernelInitializer = Initializers.glorotUniform();
  private Initializer biasInitializer = Initializers.zeros();
  private float l2;

  abstract T self();

  /**
   * Sets the activation; none by default.
   *
   * @param function applied behind the bias
   * @return this
   */
  public T activation(ActivationFunction function) {
    activation = function;
    return self();
  }

  /**
   * Sets whether there is a bias; true by default.
   *
   * @param use whether a vector is added to the channels
   * @return this
   */
  public T useBias(boolean use) {
    useBias = use;
    return self();
  }

  /**
   * Sets the kernel's first value; Glorot uniform by default.
   *
   * @param initializer its first value
   * @return this
   */
  public T kernelInitializer(Initializer initializer) {
    kernelInitializer = initializer;
    return self();
  }

  /**
   * Sets the bias' first value; zeros by default.
   *
   * @param initializer its first value
   * @return this
   */
  public T biasInitializer(Initializer initializer) {
    biasInitializer = initializer;
    return self();
  }

  /**
   * Adds l2 sum(kernel^2) to the training loss; nothing by default.
   *
   * @param factor Keras' l2
   * @return this
   */
  public T kernelRegularizer(double factor) {
    l2 = (float) factor;
    return self();
  }

  /** The variable {@code kernel} of a shape. */
  Value kernel(LayerScope scope, Shape shape) {
    Value kernel = scope.weight("kernel", shape, kernelInitializer, true);
    if (l2 != 0 && scope.training()) {
      scope.addLoss(Nn.scale(Nn.reduceSum(Nn.square(kernel)), l2));
    }
    return kernel;
  }

  /** Bias, if any, and activation behind the linear part. */
  Value finish(LayerScope scope, Value linear) {
    Value biased = linear;
    if (useBias) {
      Shape channels = Shape.of(linear.shape().dim(-1));
      biased = Nn.biasAdd(linear, scope.weight("bias", channels, biasInitializer, true));
    }
    return activation.apply(biased);
  }

  Config write(Config config) {
    activation.write(config);
    config.put("use_bias", useBias).put("l2", l2);
    InitializerJson.write(config, "kernel_initializer", kernelInitializer);
    InitializerJson.write(config, "bias_initializer", biasInitializer);
    return config;
  }

  T read(Config config) {
    return activation(ActivationFunction.read(config))
        .useBias(config.flag("use_bias"))
        .kernelRegularizer(config.number("l2"))
        .kernelInitializer(InitializerJson.read(config, "kernel_initializer"))
        .biasInitializer(InitializerJson.read(config, "bias_initializer"));
  }
}

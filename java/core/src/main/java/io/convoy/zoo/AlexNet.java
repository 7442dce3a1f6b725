// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static io.convoy.initializers.Initializers.ones;
import static io.convoy.initializers.Initializers.randomNormal;
import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.localResponseNormalization;
import static io.convoy.layers.Layers.maxPooling2D;

import io.convoy.layers.Conv2D;
import io.convoy.layers.Dense;
import io.convoy.layers.InputLayer;
import io.convoy.layers.Layer;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;

/**
 * AlexNet (Krizhevsky, Sutskever and Hinton 2012) as one tower: the paper's layers with the
 * channels of its two GPUs side by side, and every convolution connected to all of them.
 * Normalisation has the paper's constants; weights begin as its section 5 says. Images have at
 * least 67 rows and columns.
 */
final class AlexNet {
  private static final int UNITS = 4096;

  private AlexNet() {}

  /**
   * AlexNet: 62,378,344 parameters for 227x227x3 and 1000 classes, as any variant with the paper's
   * filters and no groups has. The paper's own second, fourth and fifth convolution see one GPU's
   * channels: with these groups of 2 it has 60,965,224, as Caffe's bvlc_alexnet.
   */
  static Network alexnet(InputLayer input, int classes) {
    return new Sequential(
        "alexnet",
        input,
        convolution(96, 11).strides(4),
        normalization(),
        pooling(),
        convolution(256, 5).padding(Padding.SAME).biasInitializer(ones()),
        normalization(),
        pooling(),
        convolution(384, 3).padding(Padding.SAME),
        convolution(384, 3).padding(Padding.SAME).biasInitializer(ones()),
        convolution(256, 3).padding(Padding.SAME).biasInitializer(ones()),
        pooling(),
        flatten(),
        hidden(),
        dropout(0.5),
        hidden(),
        dropout(0.5),
        dense(classes).kernelInitializer(randomNormal(0.01f)).activation(SOFTMAX));
  }

  private static Conv2D convolution(int filters, int kernel) {
    return conv2D(filters, kernel).kernelInitializer(randomNormal(0.01f)).activation(RELU);
  }

  private static Dense hidden() {
    return dense(UNITS)
        .kernelInitializer(randomNormal(0.01f))
        .biasInitializer(ones())
        .activation(RELU);
  }

  /** Section 3.3: k = 2, n = 5, alpha = 1e-4, beta = 0.75. */
  private static Layer normalization() {
    return localResponseNormalization().depthRadius(2).bias(2).alpha(1e-4).beta(0.75);
  }

  /** Section 3.4: windows overlap. */
  private static Layer pooling() {
    return maxPooling2D(3).strides(2);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.maxPooling2D;

import io.convoy.layers.Conv2D;
import io.convoy.layers.InputLayer;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;

/**
 * A net of our own that learns small digits in few steps: batch normalisation behind each
 * convolution bears large rates, and poolings come first, so that what follows has a quarter of the
 * pixels. Statistics move fast, since training is over soon. Images have at least 12 rows and
 * columns.
 */
final class Digits {
  private static final double MOMENTUM = 0.9;

  private Digits() {}

  /** 71,466 trainable parameters for 28x28x1 and 10 classes. */
  static Network digits(InputLayer input, int classes) {
    return new Sequential(
        "digits",
        input,
        conv2D(32, 5).useBias(false),
        maxPooling2D(2),
        batchNormalization().momentum(MOMENTUM),
        activation(RELU),
        convolution(32),
        batchNormalization().momentum(MOMENTUM),
        activation(RELU),
        convolution(64),
        maxPooling2D(2),
        batchNormalization().momentum(MOMENTUM),
        activation(RELU),
        convolution(64),
        maxPooling2D(2),
        batchNormalization().momentum(MOMENTUM),
        activation(RELU),
        flatten(),
        dense(classes).activation(SOFTMAX));
  }

  private static Conv2D convolution(int filters) {
    return conv2D(filters, 3).padding(Padding.SAME).useBias(false);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static io.convoy.initializers.Initializers.heNormal;
import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.maxPooling2D;

import io.convoy.layers.InputLayer;
import io.convoy.layers.Layer;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of the Visual Geometry Group (Simonyan and Zisserman, arXiv 1409.1556, table 1): five
 * stages of 3x3 convolutions, each closed by a pooling, then two dense layers of 4096 with dropout.
 * Images have at least 32 rows and columns. Kernels start as He et al. (arXiv 1502.01852) propose
 * for ReLU.
 */
final class Vgg {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};
  private static final int UNITS = 4096;

  private Vgg() {}

  /** Configuration A: 132,863,336 parameters for 224x224x3 and 1000 classes. */
  static Network vgg11(InputLayer input, int classes) {
    return network("vgg11", input, classes, 1, 1, 2, 2, 2);
  }

  /** Configuration D: 138,357,544 parameters for 224x224x3 and 1000 classes. */
  static Network vgg16(InputLayer input, int classes) {
    return network("vgg16", input, classes, 2, 2, 3, 3, 3);
  }

  private static Network network(String name, InputLayer input, int classes, int... convolutions) {
    List<Layer> layers = new ArrayList<>(List.of(input));
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int i = 0; i < convolutions[stage]; i++) {
        layers.add(convolution(CHANNELS[stage]));
      }
      layers.add(maxPooling2D(2));
    }
    layers.add(flatten());
    for (int i = 0; i < 2; i++) {
      layers.add(dense(UNITS).kernelInitializer(heNormal()).activation(RELU));
      layers.add(dropout(0.5));
    }
    layers.add(dense(classes).activation(SOFTMAX));
    return new Sequential(name, layers.toArray(new Layer[0]));
  }

  private static Layer convolution(int filters) {
    return conv2D(filters, 3).padding(Padding.SAME).kernelInitializer(heNormal()).activation(RELU);
  }
}

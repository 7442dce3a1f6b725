// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static io.convoy.initializers.Initializers.heNormal;
import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.globalAveragePooling2D;

import io.convoy.layers.InputLayer;
import io.convoy.layers.LayerOutput;
import io.convoy.model.Network;
import io.convoy.ops.Padding;

/**
 * Residual networks (He et al., arXiv 1512.03385) for small images: a 3x3 stem without pooling,
 * four stages of basic blocks with 64, 128, 256 and 512 channels, projection shortcuts (option B)
 * where the shape changes. Padding is 1 on every side, so that a stride of 2 samples the same
 * pixels as in PyTorch; momentum and epsilon of batch normalisation are PyTorch's, too.
 */
final class ResNet {
  private static final int[] CHANNELS = {64, 128, 256, 512};
  private static final Padding ONE = Padding.explicit(1, 1, 1, 1);

  private ResNet() {}

  /** ResNet-18: 11,173,962 trainable parameters for 32x32x3 and 10 classes. */
  static Network resnet18(InputLayer input, int classes) {
    LayerOutput image = input.apply();
    LayerOutput x = relu(normalized(image, CHANNELS[0], 3, 1));
    int channels = CHANNELS[0];
    for (int wanted : CHANNELS) {
      for (int block = 0; block < 2; block++) {
        x = block(x, channels, wanted);
        channels = wanted;
      }
    }
    LayerOutput pooled = globalAveragePooling2D().apply(x);
    return new Network("resnet18", image, dense(classes).activation(SOFTMAX).apply(pooled));
  }

  /** Two convolutions and a shortcut; halves the image where the number of channels grows. */
  private static LayerOutput block(LayerOutput x, int channels, int wanted) {
    int stride = channels == wanted ? 1 : 2;
    LayerOutput inner = relu(normalized(x, wanted, 3, stride));
    LayerOutput residual = normalized(inner, wanted, 3, 1);
    LayerOutput shortcut = channels == wanted ? x : normalized(x, wanted, 1, stride);
    return relu(add().apply(residual, shortcut));
  }

  private static LayerOutput normalized(LayerOutput x, int filters, int kernel, int stride) {
    LayerOutput convolved =
        conv2D(filters, kernel)
            .strides(stride)
            .padding(kernel == 1 ? Padding.VALID : ONE)
            .useBias(false)
            .kernelInitializer(heNormal())
            .apply(x);
    return batchNormalization().momentum(0.9).epsilon(1e-5).apply(convolved);
  }

  private static LayerOutput relu(LayerOutput x) {
    return activation(RELU).apply(x);
  }
}

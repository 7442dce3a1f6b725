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
import static io.convoy.layers.Layers.maxPooling2D;

import io.convoy.layers.InputLayer;
import io.convoy.layers.LayerOutput;
import io.convoy.model.Network;
import io.convoy.ops.Padding;
import io.convoy.tensor.Shape;

/**
 * Residual networks (He et al., arXiv 1512.03385): four stages of basic or bottleneck blocks with
 * 64, 128, 256 and 512 channels, projection shortcuts (option B) where the shape changes. Images of
 * 64 pixels and more enter by the paper's stem for ImageNet, smaller ones by a 3x3 convolution
 * without pooling. Padding, momentum and epsilon of batch normalisation are PyTorch's, and as there
 * a bottleneck's 3x3 convolution has the stride, where the paper gives it to the first 1x1.
 */
final class ResNet {
  private static final int[] CHANNELS = {64, 128, 256, 512};
  private static final int LARGE = 64;

  /** A bottleneck ends with this many times its stage's channels. */
  private static final int EXPANSION = 4;

  private final boolean bottleneck;
  private final int[] blocks;

  private ResNet(boolean bottleneck, int... blocks) {
    this.bottleneck = bottleneck;
    this.blocks = blocks;
  }

  /**
   * ResNet-18: 11,173,962 trainable parameters for 32x32x3 and 10 classes; 11,689,512 for 224x224x3
   * and 1000.
   */
  static Network resnet18(InputLayer input, int classes) {
    return new ResNet(false, 2, 2, 2, 2).network("resnet18", input, classes);
  }

  /** ResNet-34: 21,797,672 trainable parameters for 224x224x3 and 1000 classes. */
  static Network resnet34(InputLayer input, int classes) {
    return new ResNet(false, 3, 4, 6, 3).network("resnet34", input, classes);
  }

  /** ResNet-50: 25,557,032 trainable parameters for 224x224x3 and 1000 classes. */
  static Network resnet50(InputLayer input, int classes) {
    return new ResNet(true, 3, 4, 6, 3).network("resnet50", input, classes);
  }

  private Network network(String name, InputLayer input, int classes) {
    LayerOutput image = input.apply();
    LayerOutput x = stem(image, isLarge(input.batchShape()));
    int channels = CHANNELS[0];
    for (int stage = 0; stage < blocks.length; stage++) {
      int wanted = CHANNELS[stage] * (bottleneck ? EXPANSION : 1);
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        LayerOutput residual = residual(x, CHANNELS[stage], stride);
        LayerOutput shortcut = channels == wanted ? x : normalized(x, wanted, 1, stride);
        x = relu(add().apply(residual, shortcut));
        channels = wanted;
      }
    }
    LayerOutput pooled = globalAveragePooling2D().apply(x);
    return new Network(name, image, dense(classes).activation(SOFTMAX).apply(pooled));
  }

  private static boolean isLarge(Shape images) {
    return images.rank() == 4 && Math.min(images.dim(1), images.dim(2)) >= LARGE;
  }

  private static LayerOutput stem(LayerOutput image, boolean large) {
    if (!large) {
      return relu(normalized(image, CHANNELS[0], 3, 1));
    }
    LayerOutput x = relu(normalized(image, CHANNELS[0], 7, 2));
    return maxPooling2D(3).strides(2).padding(around(3)).apply(x);
  }

  /** What a block adds to its shortcut. */
  private LayerOutput residual(LayerOutput x, int channels, int stride) {
    if (!bottleneck) {
      return normalized(relu(normalized(x, channels, 3, stride)), channels, 3, 1);
    }
    LayerOutput narrow = relu(normalized(x, channels, 1, 1));
    LayerOutput inner = relu(normalized(narrow, channels, 3, stride));
    return normalized(inner, channels * EXPANSION, 1, 1);
  }

  private static LayerOutput normalized(LayerOutput x, int filters, int kernel, int stride) {
    LayerOutput convolved =
        conv2D(filters, kernel)
            .strides(stride)
            .padding(around(kernel))
            .useBias(false)
            .kernelInitializer(heNormal())
            .apply(x);
    return batchNormalization().momentum(0.9).epsilon(1e-5).apply(convolved);
  }

  /** The same on every side, so that a stride of 2 samples the same pixels as in PyTorch. */
  private static Padding around(int kernel) {
    int side = kernel / 2;
    return kernel == 1 ? Padding.VALID : Padding.explicit(side, side, side, side);
  }

  private static LayerOutput relu(LayerOutput x) {
    return activation(RELU).apply(x);
  }
}

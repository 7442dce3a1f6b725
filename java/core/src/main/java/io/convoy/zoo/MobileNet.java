// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static io.convoy.layers.ActivationFunction.RELU6;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.depthwiseConv2D;
import static io.convoy.layers.Layers.globalAveragePooling2D;

import io.convoy.layers.InputLayer;
import io.convoy.layers.Layer;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;
import java.util.ArrayList;
import java.util.List;

/**
 * MobileNet (Howard et al., arXiv 1704.04861, table 1) of width 1: a 3x3 convolution, then thirteen
 * pairs of a depthwise 3x3 and a pointwise 1x1 convolution, each with batch normalisation and
 * ReLU6: the paper says ReLU, its authors' code (TF-Slim's mobilenet_v1) and keras.applications
 * have ReLU6.
 */
final class MobileNet {
  /** Channels behind each pair. */
  private static final int[] CHANNELS = {
    64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024
  };

  /** Strides of each pair's depthwise convolution. */
  private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};

  private MobileNet() {}

  /** MobileNet: 4,231,976 trainable parameters for 224x224x3 and 1000 classes. */
  static Network mobilenet(InputLayer input, int classes) {
    List<Layer> layers = new ArrayList<>(List.of(input));
    addNormalized(layers, conv2D(32, 3).strides(2).padding(Padding.SAME).useBias(false));
    for (int i = 0; i < CHANNELS.length; i++) {
      addNormalized(
          layers, depthwiseConv2D(3).strides(STRIDES[i]).padding(Padding.SAME).useBias(false));
      addNormalized(layers, conv2D(CHANNELS[i], 1).useBias(false));
    }
    layers.add(globalAveragePooling2D());
    layers.add(dense(classes).activation(SOFTMAX));
    return new Sequential("mobilenet", layers.toArray(new Layer[0]));
  }

  private static void addNormalized(List<Layer> layers, Layer convolution) {
    layers.add(convolution);
    layers.add(batchNormalization());
    layers.add(activation(RELU6));
  }
}

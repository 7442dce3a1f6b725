// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;

import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Small models whose weights are known. */
final class Models {
  private Models() {}

  static Model compile(Network network) {
    return network.compile(
        Optimizers.sgd(1),
        Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
        List.of(Metrics.ACCURACY),
        CompileOptions.defaults().device("reference"));
  }

  /** Images of 2 x 2; filter 0 passes the image, 1 its negative; the brighter is class 0. */
  static Model ofImages() {
    Model model =
        compile(
            new Sequential(
                "passing",
                input(2, 2, 1),
                conv2D(2, 1).activation(RELU),
                globalAveragePooling2D(),
                dense(2).activation(SOFTMAX)));
    model.setWeights(
        Map.of(
            "conv2d/kernel", Tensor.of(new float[] {1, -1}, 1, 1, 1, 2),
            "conv2d/bias", Tensor.of(new float[] {0, 1}, 2),
            "dense/kernel", Tensor.of(new float[] {9, 0, 0, 9}, 2, 2),
            "dense/bias", Tensor.of(new float[2], 2)));
    return model;
  }

  /** A filter of 2 x 2 alone. */
  static Model ofOneFilter(float... kernel) {
    Model model =
        compile(
            new Sequential("one", input(2, 2, 1), conv2D(1, 2), flatten(), activation(SOFTMAX)));
    model.setWeights(
        Map.of(
            "conv2d/kernel", Tensor.of(kernel, 2, 2, 1, 1),
            "conv2d/bias", Tensor.of(new float[1], 1)));
    return model;
  }

  /** A bright and a dark image, and a dark one that is called bright. */
  static Dataset images() {
    float[] pixels = {1, 1, 1, 0.6f, 0, 0, 0, 0.2f, 0, 0, 0.4f, 0};
    return new ArrayDataset(Shape.of(2, 2, 1), 2, pixels, new int[] {0, 1, 0});
  }

  /** Rows of three numbers, of which the second is negative. */
  static Model ofTables() {
    return compile(new Sequential("mlp", input(3), dense(2).activation(SOFTMAX)));
  }

  static Dataset tables() {
    return new ArrayDataset(Shape.of(3), 2, new float[] {1, -2, 3, 3, -2, 1}, new int[] {0, 1});
  }

  static Model withoutConvolution() {
    return compile(
        new Sequential("dense", input(2, 2, 1), flatten(), dense(2).activation(SOFTMAX)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;

import io.convoy.callbacks.Callback;
import io.convoy.data.ArrayDataset;
import io.convoy.data.Dataset;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Sequential;
import io.convoy.optimizers.Optimizer;
import io.convoy.random.Philox;
import io.convoy.tensor.Shape;
import java.util.List;

/** A fit of milliseconds, for tests of callbacks: 4 steps an epoch, the last one smaller. */
final class SmallFit {
  static final int STEPS = 4;
  static final Dataset DATA = data();

  private SmallFit() {}

  /** Noise in three classes, as colour images of 6 x 5. */
  private static Dataset data() {
    Shape image = Shape.of(6, 5, 3);
    int size = (int) image.elements();
    float[] features = new float[40 * size];
    int[] labels = new int[40];
    Philox random = new Philox(1, 0, 0);
    for (int i = 0; i < features.length; i++) {
      random.block(i);
      int label = i / size % 3;
      labels[i / size] = label;
      features[i] = (random.uniform(0) + (i % 3 == label ? 1 : 0)) / 2;
    }
    return new ArrayDataset(image, 3, features, labels);
  }

  static Model compile(Optimizer optimizer, String device) {
    return new Sequential(
            "small",
            input(6, 5, 3),
            conv2D(4, 3),
            globalAveragePooling2D(),
            dense(3).activation(SOFTMAX))
        .compile(
            optimizer,
            Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(Metrics.ACCURACY),
            CompileOptions.defaults().device(device).seed(3));
  }

  static FitOptions epochs(int epochs, Callback... callbacks) {
    return FitOptions.epochs(epochs).batchSize(10).validationSplit(0.1).callbacks(callbacks);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;
import static io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static io.convoy.metrics.Metrics.ACCURACY;
import static io.convoy.model.FitOptions.epochs;
import static io.convoy.optimizers.Optimizers.adam;

import io.convoy.data.DataSplits;
import io.convoy.data.Mnist;
import io.convoy.model.Evaluation;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;

/** The workshop's network in Keras' words. */
public final class KerasWords {
  private KerasWords() {}

  /**
   * The network, layer by layer.
   *
   * @return the architecture
   */
  public static Sequential network() {
    return new Sequential(
        "workshop",
        input(28, 28, 1),
        conv2D(32, 3).activation(RELU),
        maxPooling2D(2),
        conv2D(64, 3).activation(RELU),
        maxPooling2D(2),
        dropout(0.2),
        flatten(),
        dense(1024).activation(RELU),
        dense(10).activation(SOFTMAX));
  }

  /**
   * Trains on MNIST, tests, saves.
   *
   * @param args none
   * @throws IOException if the data can't be read or the model not be written
   */
  public static void main(String[] args) throws IOException {
    DataSplits mnist = Mnist.load();
    try (Model model = network().compile(adam(1e-3), SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY)) {
      System.out.println(model.network().summary());
      System.out.println(model.device() + ", " + model.deviceReason());
      History history = model.fit(mnist.train(), epochs(5).batchSize(128).validationSplit(0.1));
      history.epochs().forEach(System.out::println);
      Evaluation test = model.evaluate(mnist.test(), 128);
      System.out.println("test accuracy " + test.accuracy());
      model.save(Path.of("workshop.safetensors"));
    }
  }
}

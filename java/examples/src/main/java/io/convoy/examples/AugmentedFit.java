// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.FlipMode.HORIZONTAL;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;
import static io.convoy.layers.Layers.mixUp;
import static io.convoy.layers.Layers.randomBrightness;
import static io.convoy.layers.Layers.randomCrop;
import static io.convoy.layers.Layers.randomErasing;
import static io.convoy.layers.Layers.randomFlip;
import static io.convoy.layers.Layers.randomRotation;
import static io.convoy.layers.Layers.randomTranslation;
import static io.convoy.layers.Layers.randomZoom;
import static io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static io.convoy.metrics.Metrics.ACCURACY;
import static io.convoy.model.FitOptions.epochs;
import static io.convoy.optimizers.Optimizers.adam;

import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.model.Evaluation;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;

/** Networks whose training images are changed at random. */
public final class AugmentedFit {
  private AugmentedFit() {}

  /**
   * A network with augmentation for digits, which may not be mirrored.
   *
   * @return the network
   */
  public static Network digits() {
    return new Sequential(
        "digits",
        input(28, 28, 1),
        randomTranslation(0.1),
        randomRotation(0.03),
        randomZoom(0.1),
        mixUp(0.2),
        conv2D(16, 3).activation(RELU),
        maxPooling2D(2),
        flatten(),
        dense(10).activation(SOFTMAX));
  }

  /**
   * A network of the zoo with augmentation for small photographs.
   *
   * @return the network
   */
  public static Network photographs() {
    Network resnet18 = Zoo.byName("resnet18", Shape.of(32, 32, 3), 10);
    return resnet18.augment(
        randomFlip(HORIZONTAL), randomCrop(4), randomBrightness(0.2), randomErasing(8));
  }

  /**
   * Trains and measures.
   *
   * @param training what is augmented
   * @param test what is not
   * @param epochs how often all training images are seen
   * @return loss and accuracy on the test set
   */
  public static Evaluation train(Dataset training, Dataset test, int epochs) {
    try (Model model = digits().compile(adam(1e-3), SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY)) {
      model.fit(training, epochs(epochs).batchSize(128));
      return model.evaluate(test, 128);
    }
  }

  /**
   * Trains on MNIST.
   *
   * @param args none
   * @throws IOException if the data can't be read
   */
  public static void main(String[] args) throws IOException {
    DataSplits mnist = Mnist.load();
    System.out.println(train(mnist.train(), mnist.test(), 5));
  }
}

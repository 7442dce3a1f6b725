// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static io.convoy.metrics.Metrics.ACCURACY;
import static io.convoy.metrics.Metrics.F1_SCORE;
import static io.convoy.model.FitOptions.epochs;
import static io.convoy.optimizers.Optimizers.adam;

import io.convoy.data.ClassWeights;
import io.convoy.data.Dataset;
import io.convoy.data.ImageFolder;
import io.convoy.model.FitOptions;
import io.convoy.model.History;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.optimizers.Optimizer;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;

/** A network that has learnt one set of classes learns another. */
public final class FineTuning {
  private FineTuning() {}

  /**
   * Trains a head for other classes on what a saved network has learnt.
   *
   * @param name of the network in the zoo
   * @param saved a model of it, of whatever classes
   * @param data images with the new classes
   * @param batchSize images a batch, of which a step takes four
   * @return what each epoch brought
   * @throws IOException if the file can't be read or fits nowhere
   */
  public static History train(String name, Path saved, Dataset data, int batchSize)
      throws IOException {
    Network network =
        Zoo.byName(name, data.instanceShape(), data.classes()).trainable(false, "conv2d", "batch");
    Optimizer optimizer = adam(1e-3).clipNorm(1).ema(0.99);
    try (Model model =
        network.compile(optimizer, SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY, F1_SCORE)) {
      System.out.println(model.loadWeights(saved).summary());
      FitOptions options =
          epochs(5)
              .batchSize(batchSize)
              .accumulate(4)
              .classWeight(ClassWeights.balanced(data))
              .validationSplit(0.1);
      return model.fit(data, options);
    }
  }

  /**
   * Trains on a folder of images.
   *
   * @param args a saved {@code resnet18}, and the folder
   * @throws IOException if one of them can't be read
   */
  public static void main(String[] args) throws IOException {
    Dataset pets = ImageFolder.of(Path.of(args[1]), Shape.of(64, 64, 3)).load().train();
    train("resnet18", Path.of(args[0]), pets, 8).epochs().forEach(System.out::println);
  }
}

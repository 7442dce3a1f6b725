// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.input;
import static io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static io.convoy.metrics.Metrics.ACCURACY;
import static io.convoy.model.FitOptions.epochs;
import static io.convoy.optimizers.Optimizers.adam;

import io.convoy.data.Batch;
import io.convoy.data.CsvEncoding;
import io.convoy.data.CsvTable;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.FeatureFunction;
import io.convoy.data.ImageFolder;
import io.convoy.data.Npy;
import io.convoy.data.Npz;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Data that are no MNIST: images, NumPy's arrays, tables. */
public final class OwnData {
  private OwnData() {}

  /**
   * Reads images and arrays.
   *
   * @param folder holds the folder pets, digits.npz, features.npy and labels.npy
   * @return the training sets
   * @throws IOException if one of them can't be read
   */
  public static List<Dataset> read(Path folder) throws IOException {
    DataSplits pets = ImageFolder.of(folder.resolve("pets"), Shape.of(64, 64, 3)).load();
    DataSplits digits = Npz.splits(folder.resolve("digits.npz")); // x_train, y_train, x_test …
    Tensor features = Npy.read(folder.resolve("features.npy"));
    Dataset waves = Dataset.of(features, Npy.read(folder.resolve("labels.npy")));
    return List.of(pets.train(), digits.train(), waves);
  }

  /**
   * Goes through inverted images in batches.
   *
   * @param images values from 0 to 1
   * @return how many instances the batches have
   */
  public static int batches(Dataset images) {
    FeatureFunction invert =
        (features, from, to) -> {
          for (int i = from; i < to; i++) {
            features.put(i, 1 - features.get(i));
          }
        };
    int seen = 0;
    for (Batch batch : images.map(invert).cache().shuffle(1).take(1000).batch(64)) {
      seen += batch.size(); // batch.features() are [64, height, width, channels]
    }
    return seen;
  }

  /**
   * Trains a feed-forward network on a table of irises.
   *
   * @param file a column species, and columns of numbers or words
   * @return the accuracy on a fifth of the rows
   * @throws IOException if the table can't be read
   */
  public static double irises(Path file) throws IOException {
    List<CsvTable> parts = CsvTable.read(file).split("species", 0.2, 1);
    CsvEncoding encoding = CsvEncoding.measure(parts.get(0), "species");
    Dataset train = encoding.dataset(parts.get(0));
    Dataset test = encoding.dataset(parts.get(1));
    Network network =
        new Sequential(
            "irises",
            input(encoding.featureNames().size()),
            dense(16).activation(RELU),
            dense(encoding.classNames().size()).activation(SOFTMAX));
    try (Model model = network.compile(adam(1e-2), SPARSE_CATEGORICAL_CROSSENTROPY, ACCURACY)) {
      model.fit(train, epochs(30).batchSize(16));
      return model.evaluate(test, 16).accuracy();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.DataException;
import io.convoy.data.DataSplits;
import io.convoy.data.IdxFolder;
import io.convoy.data.ImageFolder;
import io.convoy.data.Mnist;
import io.convoy.data.Npz;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code <dataset>} takes. */
final class Datasets {
  static final String HELP =
      "mnist (bundled); a folder that holds the four IDX files; an .npz file with x_train, y_train,"
          + " x_test and y_test; or a folder of images, train/<class>/*.png and test/<class>/*.png,"
          + " or <class>/*.png, of which a tenth is the test set.";

  private static final String MNIST = "mnist";
  private static final String NPZ = ".npz";

  private Datasets() {}

  /**
   * Loads a dataset.
   *
   * @param imageShape what the images of a folder are brought to
   */
  static DataSplits load(String name, Shape imageShape) throws IOException {
    if (MNIST.equals(name)) {
      return Mnist.load();
    }
    Path path = Path.of(name);
    if (Files.notExists(path)) {
      throw new DataException(
          "there is no dataset '"
              + name
              + "'. Name "
              + MNIST
              + ", or a folder with IDX files or images, or an "
              + NPZ
              + " file");
    }
    if (name.endsWith(NPZ)) {
      return Npz.splits(path);
    }
    // Its own seed, whatever the run's: evaluate must find the same test set.
    return ImageFolder.isOne(path) ? ImageFolder.of(path, imageShape).load() : IdxFolder.load(path);
  }

  /** Returns a name that holds in any working directory. */
  static String absolute(String name) {
    return MNIST.equals(name) ? name : Path.of(name).toAbsolutePath().normalize().toString();
  }
}

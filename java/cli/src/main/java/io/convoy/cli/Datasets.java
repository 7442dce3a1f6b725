// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.DataException;
import io.convoy.data.DataSplits;
import io.convoy.data.IdxFolder;
import io.convoy.data.Mnist;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code <dataset>} takes. */
final class Datasets {
  static final String HELP = "mnist (bundled), or a folder that holds the four IDX files.";

  private static final String MNIST = "mnist";

  private Datasets() {}

  static DataSplits load(String name) throws DataException {
    if (MNIST.equals(name)) {
      return Mnist.load();
    }
    Path folder = Path.of(name);
    if (Files.notExists(folder)) {
      throw new DataException(
          "there is no dataset '" + name + "'. Name " + MNIST + ", or a folder with IDX files");
    }
    return IdxFolder.load(folder);
  }

  /** Returns a name that holds in any working directory. */
  static String absolute(String name) {
    return MNIST.equals(name) ? name : Path.of(name).toAbsolutePath().normalize().toString();
  }
}

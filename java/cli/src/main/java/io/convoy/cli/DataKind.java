// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.datasets.RemoteDataset;
import java.nio.file.Path;

/** What a {@code <dataset>} is, by its name alone. */
enum DataKind {
  /** MNIST, on the class path. */
  BUNDLED,
  /** One that is downloaded. */
  REMOTE,
  /** NumPy's arrays. */
  ARRAYS,
  /** Comma-separated values. */
  TABLE,
  /** A folder of images or IDX files. */
  FOLDER;

  static final String MNIST = "mnist";
  static final String NPZ = ".npz";
  static final String CSV = ".csv";

  static DataKind of(String name) {
    if (name.equals(MNIST)) {
      return BUNDLED;
    }
    if (RemoteDataset.byName(name).isPresent()) {
      return REMOTE;
    }
    if (name.endsWith(NPZ)) {
      return ARRAYS;
    }
    return name.endsWith(CSV) ? TABLE : FOLDER;
  }

  /** Returns a name that holds in any working directory. */
  static String absolute(String name) {
    DataKind kind = of(name);
    return kind == BUNDLED || kind == REMOTE
        ? name
        : Path.of(name).toAbsolutePath().normalize().toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

/**
 * The MNIST database of handwritten digits (LeCun, Cortes, Burges): 60,000 images for training and
 * 10,000 for testing, 28 x 28 x 1, 10 classes. The artifact convoy-mnist holds it.
 */
public final class Mnist {
  private static final String FOLDER = "io/convoy/mnist";

  private Mnist() {}

  /**
   * Loads the database from the class path.
   *
   * @return the sets
   * @throws DataException if convoy-mnist is not on the class path, or damaged
   */
  public static DataSplits load() throws DataException {
    DataSource source = DataSource.classPath(Mnist.class.getClassLoader(), FOLDER);
    if (!source.has("train-images-idx3-ubyte.gz")) {
      throw new DataException(
          "MNIST is not on the class path. Add the artifact io.convoy:convoy-mnist");
    }
    return IdxFolder.load("mnist", source);
  }
}

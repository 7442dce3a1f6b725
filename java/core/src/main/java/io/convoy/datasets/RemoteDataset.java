// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import io.convoy.data.DataException;
import io.convoy.data.DataSource;
import io.convoy.data.DataSplits;
import io.convoy.data.IdxFolder;
import io.convoy.files.UserCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A public dataset, downloaded when it is first asked for and kept. A download that breaks off goes
 * on the next time, and what comes is held against the checksum that its publisher tells.
 */
public final class RemoteDataset {
  /**
   * Fashion-MNIST (Xiao, Rasul, Vollgraf 2017, arXiv 1708.07747): articles of clothing, 60,000 for
   * training and 10,000 for testing, 28 x 28 x 1, 10 classes. 30 MB.
   */
  public static final RemoteDataset FASHION_MNIST =
      new RemoteDataset("fashion-mnist", fashionFiles(), RemoteDataset::loadFashion);

  /**
   * CIFAR-10 (Krizhevsky 2009): objects and animals, 50,000 for training and 10,000 for testing, 32
   * x 32 x 3, 10 classes. 170 MB.
   */
  public static final RemoteDataset CIFAR10 =
      cifar("cifar10", CifarFiles.CIFAR10, "c32a1d4ab5d03f1284b67883e8d87530");

  /** CIFAR-100 (Krizhevsky 2009): as CIFAR-10, but with 100 classes, the fine labels. 169 MB. */
  public static final RemoteDataset CIFAR100 =
      cifar("cifar100", CifarFiles.CIFAR100, "03b5dce01913d631647c71ecec9e9cb8");

  private static final List<RemoteDataset> ALL = List.of(FASHION_MNIST, CIFAR10, CIFAR100);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final List<RemoteFile> files;
  private final Reader reader;

  /** Reads a dataset from the folder that holds its files. */
  interface Reader {
    DataSplits read(String name, Path folder) throws DataException;
  }

  RemoteDataset(String name, List<RemoteFile> files, Reader reader) {
    this.name = name;
    this.files = files;
    this.reader = reader;
  }

  private static RemoteDataset cifar(String name, CifarFiles format, String md5) {
    String home = "https://www.cs.toronto.edu/~kriz/";
    return new RemoteDataset(
        name, List.of(new RemoteFile(home + format.archive(), md5)), format::load);
  }

  private static List<RemoteFile> fashionFiles() {
    String home = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    return List.of(
        new RemoteFile(home + "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        new RemoteFile(home + "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
        new RemoteFile(home + "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
        new RemoteFile(home + "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"));
  }

  private static DataSplits loadFashion(String name, Path folder) throws DataException {
    DataSplits idx = IdxFolder.load(name, DataSource.folder(folder));
    List<String> classes =
        List.of(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot");
    if (idx.train().classes() != classes.size()) {
      throw new DataException(
          String.format(
              "folder '%s' has labels of %d classes; Fashion-MNIST has %d. Name another folder",
              folder, idx.train().classes(), classes.size()));
    }
    return new DataSplits(name, idx.train(), idx::test, classes);
  }

  /**
   * Lists all that there are.
   *
   * @return the datasets
   */
  public static List<RemoteDataset> all() {
    return ALL;
  }

  /**
   * Finds a dataset.
   *
   * @param name such as {@code cifar10}
   * @return the dataset; empty if there is none of that name
   */
  public static Optional<RemoteDataset> byName(String name) {
    return ALL.stream().filter(dataset -> dataset.name.equals(name)).findFirst();
  }

  /**
   * Returns what the dataset is called.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Loads the dataset from {@link UserCache#folder}, after a download if it isn't there, of which a
   * {@link System.Logger} of this class's name is told.
   *
   * @return the sets, images of bytes, with the names of the classes
   * @throws DataException if it can't be downloaded or read; the message says from where, and how
   *     to bring a copy
   * @throws IOException if the cache can't be written to
   */
  public DataSplits load() throws IOException {
    System.Logger log = System.getLogger(RemoteDataset.class.getName());
    return load(UserCache.folder(), line -> log.log(System.Logger.Level.INFO, line));
  }

  /**
   * Loads the dataset from a cache, after a download if it isn't there.
   *
   * @param cache a folder for this and other datasets, made if it isn't there
   * @param log gets a line when a download begins
   * @return as of {@link #load()}
   * @throws IOException as of {@link #load()}
   */
  public DataSplits load(Path cache, Consumer<String> log) throws IOException {
    Path folder = cache.resolve(name);
    new Downloads(folder, files, PATIENCE, log).fetch();
    return reader.read(name, folder);
  }

  /**
   * Loads the dataset from one's own copy, which is not held against the checksums.
   *
   * @param folder holds the files as they are downloaded, or unpacked
   * @return as of {@link #load()}
   * @throws DataException if a file is missing, damaged, or doesn't fit the others
   */
  public DataSplits read(Path folder) throws DataException {
    DataSource.folder(folder); // it refuses what is none
    return reader.read(name, folder);
  }
}

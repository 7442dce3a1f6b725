// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.CsvEncoding;
import io.convoy.data.DataException;
import io.convoy.data.DataSplits;
import io.convoy.data.IdxFolder;
import io.convoy.data.ImageFolder;
import io.convoy.data.Mnist;
import io.convoy.data.Npz;
import io.convoy.datasets.RemoteDataset;
import io.convoy.files.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What {@code <dataset>} takes. */
final class Datasets {
  static final String HELP =
      "mnist (bundled); "
          + DataArguments.remoteNames()
          + " (downloaded once); a folder that holds the four IDX files; an .npz file with x_train,"
          + " y_train, x_test and y_test; a table, a .csv file with a header; or a folder of"
          + " images, train/<class>/*.png and test/<class>/*.png, or <class>/*.png, of which a part"
          + " is the test set.";

  private Datasets() {}

  /**
   * Loads a dataset.
   *
   * @param known the encoding that a table's rows get, if a model has one
   * @param log gets a line when something is downloaded or decoded
   */
  static DataSplits load(DataArguments arguments, Optional<CsvEncoding> known, Consumer<String> log)
      throws IOException {
    switch (arguments.kind()) {
      case BUNDLED:
        return Mnist.load();
      case REMOTE:
        RemoteDataset dataset = RemoteDataset.byName(arguments.name()).orElseThrow();
        return arguments.copy() == null
            ? dataset.load(UserCache.folder(), log)
            : dataset.read(arguments.copy());
      case ARRAYS:
        return Npz.splits(existing(arguments));
      case TABLE:
        return Tables.load(arguments, known);
      default:
        return folder(existing(arguments), arguments, log);
    }
  }

  private static Path existing(DataArguments arguments) throws DataException {
    if (Files.notExists(arguments.path())) {
      throw new DataException(
          String.format(
              "there is no dataset '%s'. Name %s, %s, a folder with IDX files or images, an %s or a"
                  + " %s file",
              arguments.name(),
              DataKind.MNIST,
              DataArguments.remoteNames(),
              DataKind.NPZ,
              DataKind.CSV));
    }
    return arguments.path();
  }

  private static DataSplits folder(Path path, DataArguments arguments, Consumer<String> log)
      throws IOException {
    if (ImageFolder.isOne(path)) {
      return images(ImageFolder.of(path, arguments.imageShape()), arguments, log);
    }
    if (arguments.testSplit() != null) {
      throw DataArguments.ownTestSet(arguments.name());
    }
    if (Files.isDirectory(path) && !holdsIdx(path)) {
      throw new DataException(
          "folder '"
              + path
              + "' holds neither .png or .jpg files, in a folder for each class, nor the four IDX"
              + " files, such as train-images-idx3-ubyte. Name one that does");
    }
    return IdxFolder.load(path);
  }

  private static boolean holdsIdx(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().contains("-ubyte"));
    }
  }

  /** Its own seed, whatever the run's: evaluate must find the same test set. */
  private static DataSplits images(
      ImageFolder folder, DataArguments arguments, Consumer<String> log) throws IOException {
    Double share = arguments.testSplit();
    if (share != null && folder.hasTest()) {
      throw DataArguments.ownTestSet(arguments.name());
    }
    return (share == null ? folder : folder.testSplit(share)).load(log);
  }
}

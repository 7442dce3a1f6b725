// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.datasets.RemoteDataset;
import io.convoy.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which dataset, and how it is read.
 *
 * @param name the dataset
 * @param copy the folder with one's own copy of a dataset that is else downloaded; null for none
 * @param imageShape what the images of a folder are brought to
 * @param target the column of a table that holds the classes; null if the model knows it
 * @param discrete columns of numbers that are categories
 * @param testSplit the share of a folder or table that is the test set; null for the usual one
 */
record DataArguments(
    String name,
    Path copy,
    Shape imageShape,
    String target,
    List<String> discrete,
    Double testSplit) {

  /** Refuses what the kind of dataset has no use for. */
  DataArguments {
    if (name == null) {
      throw new UsageException("no <dataset> is given. It is " + Datasets.HELP);
    }
    DataKind kind = DataKind.of(name);
    if (copy != null && kind != DataKind.REMOTE) {
      throw new UsageException(
          "--data is one's own copy of "
              + remoteNames()
              + ". Name another folder in the place of '"
              + name
              + "'");
    }
    boolean table = kind == DataKind.TABLE;
    if (!table && (target != null || !discrete.isEmpty())) {
      throw new UsageException(
          "--target and --discrete are for tables, files that end in "
              + DataKind.CSV
              + "; '"
              + name
              + "' is none. Leave them out");
    }
    if (testSplit != null && !table && kind != DataKind.FOLDER) {
      throw ownTestSet(name);
    }
    if (testSplit != null && !(testSplit > 0 && testSplit < 1)) {
      throw new UsageException("--test-split must be above 0 and below 1, is " + testSplit);
    }
  }

  static String remoteNames() {
    return RemoteDataset.all().stream().map(RemoteDataset::name).collect(Collectors.joining(", "));
  }

  static UsageException ownTestSet(String name) {
    return new UsageException("'" + name + "' has its own test set. Leave out --test-split");
  }

  DataKind kind() {
    return DataKind.of(name);
  }

  Path path() {
    return Path.of(name);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.CsvEncoding;
import io.convoy.data.CsvTable;
import io.convoy.data.DataException;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tables as datasets. */
final class Tables {
  private static final double TENTH = 0.1;

  /** Its own seed, whatever the run's: evaluate must find the same rows. */
  private static final long SEED = 0;

  private Tables() {}

  /**
   * Reads a table whose target column holds the classes.
   *
   * @param known the encoding of a model to go on from; empty to measure one on the rows that are
   *     not the test set's
   */
  static DataSplits load(DataArguments arguments, Optional<CsvEncoding> known) throws IOException {
    CsvTable table = CsvTable.read(arguments.path());
    String target = target(arguments, known, table);
    double share = arguments.testSplit() == null ? TENTH : arguments.testSplit();
    List<CsvTable> parts = split(table, target, share);
    CsvEncoding encoding =
        known.isPresent()
            ? known.get()
            : CsvEncoding.measure(
                parts.get(0), target, arguments.discrete().toArray(String[]::new));
    Dataset test = encoding.dataset(parts.get(1)); // now, not after hours, if it can't be encoded
    return new DataSplits(
        DataKind.absolute(arguments.name()), encoding.dataset(parts.get(0)), () -> test);
  }

  private static String target(
      DataArguments arguments, Optional<CsvEncoding> known, CsvTable table) {
    String given = arguments.target();
    String target = known.map(CsvEncoding::targetName).orElse(given);
    if (target == null) {
      throw new UsageException(
          "a table wants --target, the column that holds the classes; "
              + table
              + " has "
              + String.join(", ", table.columns()));
    }
    if (given != null && !given.equals(target)) {
      throw new UsageException(
          "the model learned the column '" + target + "', not '" + given + "'. Leave out --target");
    }
    return target;
  }

  /**
   * Reads what a model is measured on: all rows, or with a test split those that a training with
   * the same split held back.
   */
  static Dataset test(DataArguments arguments, CsvEncoding encoding) throws IOException {
    CsvTable table = CsvTable.read(arguments.path());
    if (arguments.testSplit() == null) {
      return encoding.dataset(table);
    }
    return encoding.dataset(split(table, encoding.targetName(), arguments.testSplit()).get(1));
  }

  private static List<CsvTable> split(CsvTable table, String target, double share)
      throws DataException {
    try {
      return table.split(target, share, SEED);
    } catch (IllegalArgumentException e) {
      throw new DataException(table + ", test set: " + e.getMessage(), e);
    }
  }
}

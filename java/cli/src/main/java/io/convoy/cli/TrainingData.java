// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.CsvEncoding;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.DatasetInfo;
import io.convoy.data.Splits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * A dataset as a run uses it.
 *
 * @param all name and test set
 * @param train what is trained on
 * @param validation what is held back of the training set, if anything
 */
record TrainingData(DataSplits all, Dataset train, Optional<Dataset> validation) {
  private static final int MOST_NAMED = 20;

  static TrainingData load(TrainArguments arguments, Consumer<String> log) throws IOException {
    DataSplits all = Datasets.load(arguments.data(), known(arguments), log);
    double share = arguments.validationSplit();
    if (share == 0) {
      return new TrainingData(all, all.train(), Optional.empty());
    }
    Splits splits =
        arguments.stratified()
            ? Splits.stratified(all.train(), share, arguments.seed())
            : Splits.validation(all.train(), share);
    return new TrainingData(all, splits.train(), Optional.of(splits.validation()));
  }

  /** A model to go on from was trained with its own encoding of tables. */
  private static Optional<CsvEncoding> known(TrainArguments arguments) throws IOException {
    boolean wanted =
        arguments.data().kind() == DataKind.TABLE && ModelSource.isFile(arguments.model());
    return wanted ? DatasetInfo.load(Path.of(arguments.model())).encoding() : Optional.empty();
  }

  /** What instances are called. */
  String unit() {
    return unit(train);
  }

  static String unit(Dataset data) {
    return data.info().encoding().isPresent() ? "rows" : "images";
  }

  /** Tells how many training instances each class has, such as "cat: 90, dog: 84". */
  String balance() {
    int[] counts = train.classCounts();
    if (counts.length > MOST_NAMED) {
      IntSummaryStatistics range = Arrays.stream(counts).summaryStatistics();
      return Numbers.grouped(counts.length)
          + ", of "
          + Numbers.grouped(range.getMin())
          + " to "
          + Numbers.grouped(range.getMax())
          + " "
          + unit()
          + " for training";
    }
    StringJoiner line = new StringJoiner(", ");
    for (int c = 0; c < counts.length; c++) {
      line.add(all.classNames().get(c) + ": " + Numbers.grouped(counts[c]));
    }
    return line.toString();
  }

  int validationSize() {
    return validation.map(Dataset::size).orElse(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.Splits;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A dataset as a run uses it.
 *
 * @param all name and test set
 * @param train what is trained on
 * @param validation what is held back of the training set, if anything
 */
record TrainingData(DataSplits all, Dataset train, Optional<Dataset> validation) {
  private static final int MOST_NAMED = 20;

  static TrainingData load(String dataset, Shape imageShape, double validationSplit)
      throws IOException {
    DataSplits all = Datasets.load(dataset, imageShape);
    if (validationSplit == 0) {
      return new TrainingData(all, all.train(), Optional.empty());
    }
    Splits splits = Splits.validation(all.train(), validationSplit);
    return new TrainingData(all, splits.train(), Optional.of(splits.validation()));
  }

  /** Tells how many training instances each class has, such as "cat 90, dog 84". */
  String balance() {
    int[] counts = train.classCounts();
    if (counts.length > MOST_NAMED) {
      IntSummaryStatistics range = Arrays.stream(counts).summaryStatistics();
      return Numbers.grouped(counts.length)
          + ", of "
          + Numbers.grouped(range.getMin())
          + " to "
          + Numbers.grouped(range.getMax())
          + " images for training";
    }
    StringJoiner line = new StringJoiner(", ");
    for (int c = 0; c < counts.length; c++) {
      line.add(all.classNames().get(c) + " " + Numbers.grouped(counts[c]));
    }
    return line.toString();
  }

  int validationSize() {
    return validation.map(Dataset::size).orElse(0);
  }
}

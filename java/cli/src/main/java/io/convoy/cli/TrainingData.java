// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.Splits;
import java.io.IOException;
import java.util.Optional;

/**
 * A dataset as a run uses it.
 *
 * @param all name and test set
 * @param train what is trained on
 * @param validation what is held back of the training set, if anything
 */
record TrainingData(DataSplits all, Dataset train, Optional<Dataset> validation) {
  static TrainingData load(String dataset, double validationSplit) throws IOException {
    DataSplits all = Datasets.load(dataset);
    if (validationSplit == 0) {
      return new TrainingData(all, all.train(), Optional.empty());
    }
    Splits splits = Splits.validation(all.train(), validationSplit);
    return new TrainingData(all, splits.train(), Optional.of(splits.validation()));
  }

  int validationSize() {
    return validation.map(Dataset::size).orElse(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

/** Another dataset with other words about it. */
record DescribedDataset(Dataset whole, DatasetInfo info) implements DatasetView {
  DescribedDataset {
    int names = info.classNames().size();
    if (names != whole.classes()) {
      throw new IllegalArgumentException(
          names + " names do not name " + whole.classes() + " classes");
    }
  }
}

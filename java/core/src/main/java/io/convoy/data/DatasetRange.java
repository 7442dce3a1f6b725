// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.util.Objects;

/** Instances {@code from} to {@code to - 1} of another dataset. */
record DatasetRange(Dataset whole, int from, int to) implements DatasetView {
  DatasetRange {
    Objects.checkFromToIndex(from, to, whole.size());
    if (from == to) {
      throw new IllegalArgumentException("instances " + from + " to " + to + ": an empty range");
    }
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public int place(int index) {
    return from + Objects.checkIndex(index, size());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import java.util.ArrayList;
import java.util.List;

/**
 * A walk over positions that several tensors are read or written along, as the table that
 * cuda-kernels/include/layout.cuh describes: lengths, then each tensor's strides in elements.
 * Neighbouring axes that all tensors run through without a gap are joined, and axes of length 1 are
 * left out, so that kernels divide less and find longer runs.
 */
final class Walk {
  private final List<Long> lengths = new ArrayList<>();
  private final List<long[]> strides = new ArrayList<>(); // an axis' strides, one a tensor

  /** Adds an axis inside those that were added before. */
  Walk axis(long length, long... stride) {
    if (length == 1) {
      return this;
    }
    int last = lengths.size() - 1;
    if (last >= 0 && continues(strides.get(last), length, stride)) {
      lengths.set(last, lengths.get(last) * length);
      strides.set(last, stride);
    } else {
      lengths.add(length);
      strides.add(stride);
    }
    return this;
  }

  private static boolean continues(long[] outer, long length, long[] inner) {
    for (int t = 0; t < inner.length; t++) {
      if (outer[t] != inner[t] * length) {
        return false;
      }
    }
    return true;
  }

  /** The number of axes, at least 1. */
  int rank() {
    return Math.max(1, lengths.size());
  }

  /**
   * The table.
   *
   * @param tensors how many
   */
  long[] table(int tensors) {
    long[] table = new long[(1 + tensors) * rank()];
    if (lengths.isEmpty()) {
      table[0] = 1;
    }
    for (int axis = 0; axis < lengths.size(); axis++) {
      table[axis] = lengths.get(axis);
      for (int t = 0; t < tensors; t++) {
        table[(t + 1) * rank() + axis] = strides.get(axis)[t];
      }
    }
    return table;
  }
}

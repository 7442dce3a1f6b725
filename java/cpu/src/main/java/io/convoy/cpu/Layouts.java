// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Resources;
import io.convoy.tensor.Shape;

/** Convoy's layouts in oneDNN's words, whose logical dimensions have channels second. */
final class Layouts {
  private Layouts() {}

  /**
   * The dimensions of a filter: (out,in,height,width), or (groups,out,in,height,width) with the
   * numbers of one group.
   */
  static long[] filterDims(Shape hwio, int groups) {
    long out = hwio.dim(3) / groups;
    long in = hwio.dim(2);
    return groups == 1
        ? new long[] {out, in, hwio.dim(0), hwio.dim(1)}
        : new long[] {groups, out, in, hwio.dim(0), hwio.dim(1)};
  }

  /** [height,width,in/groups,out] with {@link #filterDims}. */
  static MemoryDesc filter(Shape hwio, int groups, Resources owner) {
    long all = hwio.dim(3);
    long in = hwio.dim(2) * all;
    long row = hwio.dim(1) * in;
    long[] strides =
        groups == 1 ? new long[] {1, all, row, in} : new long[] {all / groups, 1, all, row, in};
    return MemoryDesc.strided(owner, filterDims(hwio, groups), strides);
  }

  /** A matrix of rows and columns, or given as its transpose [columns,rows]. */
  static MemoryDesc matrix(long rows, long columns, boolean transposed, Resources owner) {
    long[] strides = transposed ? new long[] {1, rows} : new long[] {columns, 1};
    return MemoryDesc.strided(owner, new long[] {rows, columns}, strides);
  }
}

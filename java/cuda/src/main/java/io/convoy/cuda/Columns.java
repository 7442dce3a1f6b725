// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.Argument;
import io.convoy.cuda.device.Grid;

/**
 * The launch of a kernel that sums columns; cuda-kernels/include/columns.cuh tells how it shares
 * the work.
 *
 * @param grid tiles of columns, parts of rows, matrices
 * @param partials {@code [matrices, quantities, parts, columns]}, scratch; null for one part
 * @param counters {@code [matrices, tiles]}, 0 before and after; null for one part
 */
record Columns(Grid grid, Argument partials, Argument counters) {
  /** Rows that a thread loads at once. */
  private static final int UNROLL = 4;

  /**
   * The launch for one matrix.
   *
   * @param quantities numbers that are made for each column
   */
  static Columns of(int quantities, Operand x, Site site) {
    return of(1, quantities, x.rows(), x.channels(), x.pack(), site);
  }

  /** The launch for sums of matrices that lie one behind the other. */
  static Columns of(long matrices, long rows, long columns, int pack, Site site) {
    return of(matrices, 1, rows, columns, pack, site);
  }

  private static Columns of(
      long matrices, int quantities, long rows, long columns, int pack, Site site) {
    int taken = columns % pack == 0 ? pack : 1;
    long tiles = Site.ceil(columns, (long) Site.BLOCK * taken);
    long passRows = Site.BLOCK / Math.min(Site.BLOCK, columns / taken);
    long wanted = 2L * site.multiprocessors() / (tiles * matrices);
    long useful = Site.ceil(rows, UNROLL * passRows);
    long parts = Math.max(1, Math.min(Math.min(wanted, useful), Grid.MOST));
    Grid grid = new Grid(Math.toIntExact(tiles), (int) parts, (int) Math.min(matrices, Grid.MOST));
    if (parts == 1) {
      return new Columns(grid, new Argument.Null(), new Argument.Null());
    }
    return new Columns(
        grid,
        Argument.inOut(site.scratch(matrices * quantities * parts * columns * Float.BYTES)),
        Argument.inOut(site.counters(matrices * tiles)));
  }
}

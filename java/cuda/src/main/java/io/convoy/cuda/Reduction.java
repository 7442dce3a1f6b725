// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.Grid;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Sums and means over axes, their gradient, and the norm over everything. */
final class Reduction {
  private static final int WARPS = 8;

  /** Elements that a block of a split row adds at least: 4 packs a thread. */
  private static final int SPLIT = Site.BLOCK * 4 * Site.PACK;

  private Reduction() {}

  /** Reduces one run of neighbouring axes after the other, the innermost first. */
  static void reduce(Reduce op, Site site) {
    Operand x = site.in(0);
    List<int[]> runs = runs(op, x.shape()); // {first axis, behind the last axis}
    if (runs.isEmpty()) {
      site.add(new CopyStep(site.name(), x.buffer(), site.out(0).buffer()));
      return;
    }
    int[] dims = x.shape().dims();
    for (int i = 0; i < runs.size(); i++) {
      long outer = product(dims, 0, runs.get(i)[0]);
      long reduced = product(dims, runs.get(i)[0], runs.get(i)[1]);
      long inner = product(dims, runs.get(i)[1], dims.length);
      for (int axis = runs.get(i)[0]; axis < runs.get(i)[1]; axis++) {
        dims[axis] = 1;
      }
      boolean last = i == runs.size() - 1;
      Operand y = last ? site.out(0) : site.temporary(TensorSpec.f32(dims));
      float factor = op.kind() == Reduce.Kind.MEAN ? 1f / reduced : 1;
      if (inner == 1) {
        rows(outer, reduced, factor, x, y, site);
      } else {
        columns(outer, reduced, Math.toIntExact(inner), factor, x, y, site);
      }
      x = y;
    }
  }

  private static List<int[]> runs(Reduce op, Shape x) {
    List<int[]> runs = new ArrayList<>();
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      if (op.axes().contains(axis)) {
        int end = axis + 1;
        while (axis > 0 && op.axes().contains(axis - 1)) {
          axis--;
        }
        runs.add(new int[] {axis, end});
      }
    }
    return runs;
  }

  private static long product(int[] dims, int from, int to) {
    long product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= dims[axis];
    }
    return product;
  }

  /** y [outer] = factor times the sum of x [outer,reduced] over its rows. */
  private static void rows(
      long outer, long reduced, float factor, Operand x, Operand y, Site site) {
    long parts = Math.min(Site.ceil(2L * site.multiprocessors(), outer), Site.ceil(reduced, SPLIT));
    if (parts <= 1) {
      site.kernel(
          "reduce_forward_f32_rows",
          Grid.of(Site.ceil(outer, WARPS)),
          of(x.buffer()),
          of(y.buffer()),
          of(outer),
          of(reduced),
          of(factor));
      return;
    }
    site.kernel(
        "reduce_forward_f32_split",
        new Grid((int) parts, (int) Math.min(outer, Grid.MOST), 1),
        of(x.buffer()),
        of(y.buffer()),
        of(site.scratch(outer * parts * Float.BYTES)),
        of(site.counters(outer)),
        of(outer),
        of(reduced),
        of(factor));
  }

  /** y [outer,inner] = factor times the sum of x [outer,reduced,inner] over its middle. */
  static void columns(
      long outer, long reduced, int inner, float factor, Operand x, Operand y, Site site) {
    Columns columns = Columns.of(outer, reduced, inner, site);
    site.kernel(
        "reduce_forward_f32_columns",
        columns.grid(),
        of(x.buffer()),
        of(y.buffer()),
        columns.partials(),
        columns.counters(),
        of(outer),
        of(reduced),
        of(inner),
        of(factor));
  }

  static void gradient(ReduceGrad op, Site site) {
    Operand dx = site.out(0);
    int[] aligned = dx.shape().dims();
    float factor = 1;
    for (int axis : op.forward().axes()) {
      factor /= op.forward().kind() == Reduce.Kind.MEAN ? dx.shape().dim(axis) : 1;
      aligned[axis] = 1;
    }
    Walk walk = Broadcast.over(dx.shape(), Shape.of(aligned));
    site.kernel(
        "reduce_backward_f32",
        Site.packs(dx.elements()),
        of(site.in(0).buffer()),
        of(dx.buffer()),
        of(dx.elements()),
        of(site.table(walk.table(1))),
        of(walk.rank()),
        of(factor));
  }

  /** The square root of the sum of all squares, and, beside it, a scale that nobody wants. */
  static void globalNorm(GlobalNorm op, Site site) {
    Segments segments = new Segments();
    site.ins().forEach(x -> segments.add(x.elements(), x.buffer()));
    Grid grid = segments.grid(2L * site.multiprocessors());
    segments.launch(
        "global_norm_forward_f32",
        grid,
        site,
        of(site.scratch((long) grid.x() * Double.BYTES)),
        of(site.counters(1)),
        of(1f),
        of(site.out(0).buffer()),
        of(site.scratch(Float.BYTES)));
  }
}

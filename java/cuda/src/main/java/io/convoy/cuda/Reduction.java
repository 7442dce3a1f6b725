// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.inOut;
import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.compile.ReductionStage;
import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.Grid;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/** Sums and means over axes, their gradient, and the norm over everything. */
final class Reduction {
  private static final int WARPS = 8;

  /** Elements that a block of a split row adds at least: 4 packs of 4 a thread. */
  private static final int SPLIT = Site.BLOCK * 4 * 4;

  private Reduction() {}

  static void reduce(Reduce op, Site site) {
    boolean whole = site.out(0).elements() == 1;
    Operand x = site.in(0, whole ? site.lying(0).order() : Order.ROW_MAJOR);
    List<ReductionStage> stages = ReductionStage.of(op, x.shape());
    if (stages.isEmpty()) {
      site.add(new CopyStep(site.name(), x.buffer(), site.out(0).buffer()));
    }
    for (int i = 0; i < stages.size(); i++) {
      ReductionStage s = stages.get(i);
      boolean last = i == stages.size() - 1;
      Operand y = last ? site.out(0) : site.temporary(TensorSpec.f32(s.result().dims()));
      if (s.inner() == 1) {
        rows(s.outer(), s.reduced(), s.factor(), x, y, site);
      } else {
        columns(s.outer(), s.reduced(), s.inner(), s.factor(), x, y, site);
      }
      x = y;
    }
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
          to(y.buffer()),
          of(outer),
          of(reduced),
          of(factor));
      return;
    }
    site.kernel(
        "reduce_forward_f32_split",
        new Grid((int) parts, (int) Math.min(outer, Grid.MOST), 1),
        of(x.buffer()),
        to(y.buffer()),
        inOut(site.scratch(outer * parts * Float.BYTES)),
        inOut(site.counters(outer)),
        of(outer),
        of(reduced),
        of(factor));
  }

  /** y [outer,inner] = factor times the sum of x [outer,reduced,inner] over its middle. */
  static void columns(
      long outer, long reduced, int inner, float factor, Operand x, Operand y, Site site) {
    Columns columns = Columns.of(outer, reduced, inner, x.pack(), site);
    site.kernel(
        "reduce_forward_f32_columns",
        columns.grid(),
        of(x.buffer()),
        to(y.buffer()),
        columns.partials(),
        columns.counters(),
        of(outer),
        of(reduced),
        of(inner),
        of(factor));
  }

  static void gradient(ReduceGrad op, Site site) {
    Operand dy = site.in(0);
    // Of one number, all elements are alike; x is asked for how the sum's other gradients will lie.
    Operand dx = site.out(0, dy.elements() == 1 ? site.lying(1).order() : Order.ROW_MAJOR);
    int[] aligned = dx.shape().dims();
    op.forward().axes().forEach(axis -> aligned[axis] = 1);
    Walk walk = Broadcast.over(dx.shape(), Shape.of(aligned));
    site.kernel(
        "reduce_backward_f32",
        dx.packs(),
        of(dy.buffer()),
        to(dx.buffer()),
        of(dx.elements()),
        of(site.table(walk.table(1))),
        of(walk.rank()),
        of(op.factor(dx.shape())));
  }

  /** The square root of the sum of all squares, and, beside it, a scale that nobody wants. */
  static void globalNorm(GlobalNorm op, Site site) {
    Segments segments = new Segments();
    for (int i = 0; i < site.inputs(); i++) {
      segments.add(site.lying(i), Access.read(site.lying(i).buffer()));
    }
    Grid grid = segments.grid(2L * site.multiprocessors());
    segments.launch(
        "global_norm_forward_" + segments.type(),
        grid,
        site,
        inOut(site.scratch((long) grid.x() * Double.BYTES)),
        inOut(site.counters(1)),
        of(1f),
        to(site.out(0).buffer()),
        to(site.scratch(Float.BYTES)));
  }
}

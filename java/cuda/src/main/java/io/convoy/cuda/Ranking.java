// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Grid;
import io.convoy.ops.InTopK;
import io.convoy.ops.OneHot;

/** Rows' classes, and whether they are among the largest predictions. */
final class Ranking {
  private static final int WARPS = 8;

  private Ranking() {}

  static void inTopK(InTopK op, Site site) {
    Operand predictions = site.in(0);
    Operand labels = site.in(1);
    long rows = predictions.shape().dim(0);
    String kind = PlanBuilder.isInt(labels.spec()) ? "sparse" : "dense";
    site.kernel(
        "in_top_k_forward_f32_" + kind,
        Grid.of(Site.ceil(rows, WARPS)),
        of(predictions.buffer()),
        of(labels.buffer()),
        to(site.out(0).buffer()),
        of(rows),
        of(predictions.shape().dim(1)),
        of(op.k()));
  }

  static void oneHot(OneHot op, Site site) {
    Operand labels = site.in(0);
    long rows = labels.shape().dim(0);
    String kind = PlanBuilder.isInt(labels.spec()) ? "sparse" : "dense";
    site.kernel(
        "one_hot_forward_f32_" + kind,
        Grid.of(Site.ceil(rows, WARPS)),
        of(labels.buffer()),
        to(site.out(0).buffer()),
        of(rows),
        of(op.classes()));
  }
}

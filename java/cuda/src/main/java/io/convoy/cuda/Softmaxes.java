// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Grid;
import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxGrad;

/** Softmax over the innermost axis, its logarithm, and their gradients. */
final class Softmaxes {
  /** Longest row that a warp works on; longer ones get a block. */
  private static final int NARROW = 128;

  private static final int WARPS = 8;

  private Softmaxes() {}

  static void forward(Softmax op, Site site) {
    site.reuse(0, 0);
    int classes = site.in(0).shape().dim(-1);
    long rows = site.in(0).elements() / classes;
    site.kernel(
        "softmax_forward_f32" + suffix(classes),
        grid(rows, classes),
        of(site.in(0).buffer()),
        to(site.out(0).buffer()),
        of(rows),
        of(classes),
        of(op.log() ? 1 : 0));
  }

  static void gradient(SoftmaxGrad op, Site site) {
    site.reuse(0, 1);
    int classes = site.in(0).shape().dim(-1);
    long rows = site.in(0).elements() / classes;
    site.kernel(
        "softmax_backward_f32" + suffix(classes),
        grid(rows, classes),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        to(site.out(0).buffer()),
        of(rows),
        of(classes),
        of(op.log() ? 1 : 0));
  }

  /** Which variant of a kernel takes rows of that length. */
  static String suffix(int classes) {
    return classes <= NARROW ? "" : "_wide";
  }

  static Grid grid(long rows, int classes) {
    return Grid.of(classes <= NARROW ? Site.ceil(rows, WARPS) : rows);
  }
}

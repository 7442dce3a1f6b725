// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Grid;
import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.Cast;

/** Functions of one number and their derivatives. */
final class Elementwise {
  /** Elements that a thread casts at once. */
  private static final int CAST_PACK = 8;

  /** Blocks for each multiprocessor: what fits it at once. */
  private static final int CAST_BLOCKS = 8;

  private Elementwise() {}

  static void activate(Activate op, Site site) {
    site.reuse(0, 0);
    apply(op.function(), site.in(0).buffer(), site.out(0), site);
  }

  /** y = f(x); y may lie where x lies. */
  static void apply(Activation f, Buffer x, Operand y, Site site) {
    site.kernel(
        "activation_forward_" + y.type(),
        y.packs(),
        of(x),
        of(y.buffer()),
        of(y.elements()),
        of(f.kind().ordinal()),
        of(f.alpha()),
        of(f.beta()));
  }

  /** One tensor by a kernel that walks over it, several by one that walks over segments. */
  static void cast(Cast op, Site site) {
    Operand x = site.in(0);
    Operand y = site.out(0);
    String types = x.type() + "_" + y.type();
    if (site.ins().size() == 1) {
      Grid grid = Grid.of(Site.ceil(x.elements(), (long) Site.BLOCK * CAST_PACK));
      site.kernel("cast_forward_" + types, grid, of(x.buffer()), of(y.buffer()), of(x.elements()));
      return;
    }
    Segments segments = new Segments();
    for (int i = 0; i < site.ins().size(); i++) {
      segments.add(site.in(i).elements(), site.in(i).buffer(), site.out(i).buffer());
    }
    Grid grid = segments.grid((long) CAST_BLOCKS * site.multiprocessors());
    segments.launch("cast_segments_forward_" + types, grid, site);
  }

  static void gradient(ActivateGrad op, Site site) {
    site.reuse(0, 0);
    Operand dx = site.out(0);
    site.kernel(
        "activation_backward_" + dx.type(),
        dx.packs(),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(dx.buffer()),
        of(dx.elements()),
        of(op.function().kind().ordinal()),
        of(op.function().alpha()),
        of(op.function().beta()));
  }
}

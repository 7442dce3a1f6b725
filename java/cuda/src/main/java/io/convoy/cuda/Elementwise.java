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
    Order order = site.elementwise();
    Operand x = site.in(0, order);
    site.reuse(0, 0);
    apply(op.function(), x.buffer(), site.out(0, order), site);
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
    Operand x = site.lying(0);
    Operand y = site.out(0, x.order());
    if (site.inputs() == 1) {
      cast(x.buffer(), x.type(), y, site);
      return;
    }
    Segments segments = new Segments();
    for (int i = 0; i < site.inputs(); i++) {
      Operand from = site.lying(i);
      segments.add(from.elements(), from.buffer(), site.out(i, from.order()).buffer());
    }
    Grid grid = segments.grid((long) CAST_BLOCKS * site.multiprocessors());
    segments.launch("cast_segments_forward_" + x.type() + "_" + y.type(), grid, site);
  }

  /** y = x, which is of the other type. */
  static void cast(Buffer x, String type, Operand y, Site site) {
    Grid grid = Grid.of(Site.ceil(y.elements(), (long) Site.BLOCK * CAST_PACK));
    site.kernel(
        "cast_forward_" + type + "_" + y.type(), grid, of(x), of(y.buffer()), of(y.elements()));
  }

  static void gradient(ActivateGrad op, Site site) {
    Order order = site.elementwise();
    Operand dy = site.in(0, order);
    Operand x = site.in(1, order);
    site.reuse(0, 0);
    Operand dx = site.out(0, order);
    site.kernel(
        "activation_backward_" + dx.type(),
        dx.packs(),
        of(dy.buffer()),
        of(x.buffer()),
        of(dx.buffer()),
        of(dx.elements()),
        of(op.function().kind().ordinal()),
        of(op.function().alpha()),
        of(op.function().beta()));
  }
}

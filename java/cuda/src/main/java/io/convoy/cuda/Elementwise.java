// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Access;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Grid;
import io.convoy.cuda.device.KernelStep;
import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.Cast;
import java.util.function.IntFunction;

/** Functions of one number and their derivatives. */
final class Elementwise {
  /** Blocks for each multiprocessor: what fits it at once. */
  private static final int CAST_BLOCKS = 8;

  private Elementwise() {}

  static void activate(Activate op, Site site) {
    Order order = site.elementwise();
    Operand x = site.in(0, order);
    site.reuse(0, 0);
    site.add(apply(op.function(), x.buffer(), site.out(0, order), site));
  }

  /** y = f(x); y may lie where x lies. */
  static KernelStep apply(Activation f, Buffer x, Operand y, Site site) {
    return site.step(
        "activation_forward_" + y.type(),
        y.packs(),
        of(x),
        to(y.buffer()),
        of(y.elements()),
        of(f.kind().ordinal()),
        of(f.alpha()),
        of(f.beta()));
  }

  /**
   * Of variables, copies last from run to run, and are cast only where something else changed them.
   */
  static void cast(Cast op, Site site) {
    if (op.to().isHalf() && site.readsVariables()) {
      site.refresh(cast(site, site::copy));
    } else {
      site.add(cast(site, i -> site.out(i, site.lying(i).order())));
    }
  }

  /** One tensor by a kernel that walks over it, several by one that walks over segments. */
  private static KernelStep cast(Site site, IntFunction<Operand> made) {
    if (site.inputs() == 1) {
      return Conversion.step(site.name(), input(0, site), made.apply(0));
    }
    Segments segments = new Segments();
    for (int i = 0; i < site.inputs(); i++) {
      Operand from = input(i, site);
      segments.add(from, Access.read(from.buffer()), Access.write(made.apply(i).buffer()));
    }
    Grid grid = segments.grid((long) CAST_BLOCKS * site.multiprocessors());
    String types = segments.type() + "_" + site.out(0).type();
    return segments.step("cast_segments_forward_" + types, grid, site);
  }

  /** Of its type, in whatever order. */
  private static Operand input(int index, Site site) {
    return site.in(index, site.lying(index).order());
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
        to(dx.buffer()),
        of(dx.elements()),
        of(op.function().kind().ordinal()),
        of(op.function().alpha()),
        of(op.function().beta()));
  }
}

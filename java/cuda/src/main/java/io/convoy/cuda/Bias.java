// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.KernelStep;
import io.convoy.ops.Activation;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.FusedActivateGrad;

/** The vector that is added to the innermost axis, and its gradient. */
final class Bias {
  private Bias() {}

  static void add(BiasAdd op, Site site) {
    site.reuse(0, 0);
    site.add(add(site.in(0).buffer(), site.in(1).buffer(), site.out(0), site));
  }

  /** y = x + b; y may lie where x lies. */
  static KernelStep add(Buffer x, Buffer b, Operand y, Site site) {
    return site.step(
        "bias_forward_" + y.type(),
        y.packs(),
        of(x),
        of(b),
        to(y.buffer()),
        of(y.rows()),
        of(y.channels()));
  }

  /** y = f(y + b), in place. */
  static KernelStep addAndActivate(Buffer b, Activation f, Operand y, Site site) {
    return site.step(
        "bias_activation_forward_" + y.type(),
        y.packs(),
        of(y.buffer()),
        of(b),
        to(y.buffer()),
        of(y.rows()),
        of(y.channels()),
        of(f.kind().ordinal()),
        of(f.alpha()),
        of(f.beta()));
  }

  static void gradient(BiasAddGrad op, Site site) {
    sumRows(site.in(0), site.out(0), site);
  }

  /** dx = dy f'(v), and db[c] = sum of dx[..., c]. */
  static void gradient(FusedActivateGrad op, Site site) {
    site.reuse(0, 0);
    Operand dx = site.out(0);
    Activation f = op.root().function();
    Columns columns = Columns.of(1, dx, site);
    site.kernel(
        "activation_bias_backward_" + dx.type(),
        columns.grid(),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        to(dx.buffer()),
        to(site.out(1).buffer()),
        columns.partials(),
        columns.counters(),
        of(dx.rows()),
        of(dx.channels()),
        of(f.kind().ordinal()),
        of(f.alpha()),
        of(f.beta()));
  }

  /** db[c] = sum of dy[..., c]. */
  static void sumRows(Operand dy, Operand db, Site site) {
    Columns columns = Columns.of(1, dy, site);
    site.kernel(
        "bias_backward_" + dy.type(),
        columns.grid(),
        of(dy.buffer()),
        to(db.buffer()),
        columns.partials(),
        columns.counters(),
        of(dy.rows()),
        of(dy.channels()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;

import io.convoy.cuda.device.Buffer;
import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;

/** Functions of one number and their derivatives. */
final class Elementwise {
  private Elementwise() {}

  static void activate(Activate op, Site site) {
    site.reuse(0, 0);
    apply(op.function(), site.in(0).buffer(), site.out(0), site);
  }

  /** y = f(x); y may lie where x lies. */
  static void apply(Activation f, Buffer x, Operand y, Site site) {
    site.kernel(
        "activation_forward_f32",
        Site.packs(y.elements()),
        of(x),
        of(y.buffer()),
        of(y.elements()),
        of(f.kind().ordinal()),
        of(f.alpha()),
        of(f.beta()));
  }

  static void gradient(ActivateGrad op, Site site) {
    site.reuse(0, 0);
    Operand dx = site.out(0);
    site.kernel(
        "activation_backward_f32",
        Site.packs(dx.elements()),
        of(site.in(0).buffer()),
        of(site.in(1).buffer()),
        of(dx.buffer()),
        of(dx.elements()),
        of(op.function().kind().ordinal()),
        of(op.function().alpha()),
        of(op.function().beta()));
  }
}

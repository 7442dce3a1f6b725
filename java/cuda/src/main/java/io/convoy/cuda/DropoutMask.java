// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Grid;
import io.convoy.ops.Dropout;

/** Dropout: the mask is drawn anew in each pass; to draw is cheaper than to read it. */
final class DropoutMask {
  /** Elements that a block of random numbers decides. */
  private static final int LANES = 8;

  private DropoutMask() {}

  static void apply(Dropout op, Site site) {
    site.reuse(0, 0);
    Operand y = site.out(0);
    site.kernel(
        "dropout_forward_" + y.type(),
        Grid.of(Site.ceil(y.elements(), Site.BLOCK * LANES)),
        of(site.in(0).buffer()),
        to(y.buffer()),
        of(y.elements()),
        of(site.in(1).buffer()),
        of(op.seed()),
        of(op.stream()),
        of(op.threshold()),
        of(op.scale()));
  }
}

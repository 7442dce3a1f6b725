// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.ActivateGrad;
import io.convoy.ops.FusedActivateGrad;
import java.util.Optional;

/**
 * Joins the gradients of an activation and of the bias before it into {@link FusedActivateGrad}:
 * what the one writes, the other need not read.
 */
final class FuseActivateGrad {
  private FuseActivateGrad() {}

  static Program apply(Program program, Support support) {
    return JoinBiasGrad.apply(
        program,
        support,
        i -> i.op() instanceof ActivateGrad ? Optional.of(i.outputs().get(0)) : Optional.empty(),
        op -> new FusedActivateGrad((ActivateGrad) op));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import java.util.Optional;

/**
 * Joins the gradient by a filter and the gradient by a bias of the same dy into {@link
 * FusedBiasGrad}: dy is read once.
 */
final class FuseBiasGrad {
  private FuseBiasGrad() {}

  static Program apply(Program program, Support support) {
    return JoinBiasGrad.apply(
        program,
        support,
        i -> makesFilterGradient(i.op()) ? Optional.of(i.inputs().get(1)) : Optional.empty(),
        FusedBiasGrad::new);
  }

  private static boolean makesFilterGradient(Op op) {
    return op instanceof Conv2DBackpropFilter
        || op instanceof MatMul product && product.transposeA() && !product.transposeB();
  }
}

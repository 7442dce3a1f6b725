// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.Binary;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.MatMul;

/** Fused ops: one primitive, with post-ops. */
final class Fusions {
  private Fusions() {}

  static void epilogue(Fused op, Site site) {
    Operand bias = op.bias() ? site.in(2) : null;
    if (op.root() instanceof Conv2D) {
      Convolution.forward((Conv2D) op.root(), bias, op.activation(), site);
    } else if (op.root() instanceof Binary) {
      Binaries.add(op.activation(), site);
    } else {
      MatrixProduct.multiply((MatMul) op.root(), bias, op.activation(), site);
    }
  }

  static void biasGradient(FusedBiasGrad op, Site site) {
    if (op.root() instanceof Conv2DBackpropFilter) {
      Convolution.backpropFilter((Conv2DBackpropFilter) op.root(), site.out(1), site);
    } else {
      MatrixProduct.multiply((MatMul) op.root(), site);
      Bias.sumRows(site.in(1), site.out(1), site);
    }
  }
}

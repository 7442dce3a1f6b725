// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.Buffer;
import io.convoy.ops.Activation;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.MatMul;
import java.util.Optional;

/** Fused ops: the library's part, then one kernel in place for all that follows it. */
final class Fusions {
  private Fusions() {}

  static void epilogue(Fused op, Site site) {
    if (op.root() instanceof Conv2D convolution) {
      Convolution.forward(convolution, site);
    } else {
      MatrixProduct.multiply((MatMul) op.root(), site);
    }
    Operand y = site.out(0);
    Optional<Activation> f = op.activation();
    if (!op.bias()) {
      f.ifPresent(activation -> Elementwise.apply(activation, y.buffer(), y, site));
      return;
    }
    Buffer bias = site.in(2).buffer();
    if (f.isPresent()) {
      Bias.addAndActivate(bias, f.get(), y, site);
    } else {
      Bias.add(y.buffer(), bias, y, site);
    }
  }

  static void biasGradient(FusedBiasGrad op, Site site) {
    if (op.root() instanceof Conv2DBackpropFilter filter) {
      Convolution.backpropFilter(filter, site);
    } else {
      MatrixProduct.multiply((MatMul) op.root(), site);
    }
    Bias.sumRows(site.in(1), site.out(1), site);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.KernelStep;
import io.convoy.ops.Activation;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.MatMul;
import java.util.Optional;

/** Fused ops: the library's part, then one kernel in place for what the library doesn't do. */
final class Fusions {
  private Fusions() {}

  static void epilogue(Fused op, Site site) {
    if (op.root() instanceof Conv2D convolution) {
      Convolution.forward(convolution, site);
    } else {
      MatrixProduct.multiply((MatMul) op.root(), site);
    }
    Operand y = site.out(0);
    Optional<Buffer> bias = op.bias() ? Optional.of(site.in(2).buffer()) : Optional.empty();
    kernel(bias, op.activation(), y, site)
        .map(kernel -> new Epilogue.BiasActivation(bias, op.activation(), kernel))
        .ifPresent(epilogue -> site.follow(y.buffer(), epilogue));
  }

  /** y = f(y + bias), in place; empty if there is neither. */
  private static Optional<KernelStep> kernel(
      Optional<Buffer> bias, Optional<Activation> f, Operand y, Site site) {
    if (bias.isEmpty()) {
      return f.map(activation -> Elementwise.apply(activation, y.buffer(), y, site));
    }
    return bias.map(
        b ->
            f.map(activation -> Bias.addAndActivate(b, activation, y, site))
                .orElseGet(() -> Bias.add(y.buffer(), b, y, site)));
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

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Argument;
import io.convoy.ops.Activation;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.FusedPool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bias, activation and pooling of x [N, H, W, C] in one pass, and their gradients in another. */
final class PoolingActivation {
  private static final Activation IDENTITY = Activation.linear(1, 0);

  private PoolingActivation() {}

  static void forward(FusedPool2D op, Site site) {
    Operand x = site.in(0);
    Operand y = site.out(0);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(of(x.buffer()));
    arguments.add(op.bias() ? of(site.in(1).buffer()) : new Argument.Null());
    arguments.add(to(y.buffer()));
    arguments.add(op.taken() ? to(site.out(1).buffer()) : new Argument.Null());
    addShape(op.spec(), x.shape(), y.shape(), op.activation(), arguments);
    site.kernel(
        "bias_" + Pooling.kind(op.spec()) + "_pool_forward_" + y.type(),
        y.packs(),
        arguments.toArray(Argument[]::new));
  }

  static void gradient(FusedPool2DGrad op, Site site) {
    Operand dp = site.in(FusedPool2DGrad.DP);
    Operand dx = site.out(0);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(of(dp.buffer()));
    arguments.add(
        op.activation().isPresent()
            ? of(site.in(FusedPool2DGrad.P).buffer())
            : new Argument.Null());
    arguments.add(of(site.in(FusedPool2DGrad.TAKEN).buffer()));
    arguments.add(to(dx.buffer()));
    if (op.bias()) {
      Columns columns = Columns.of(1, dx, site);
      arguments.add(to(site.out(1).buffer()));
      arguments.add(columns.partials());
      arguments.add(columns.counters());
      addShape(op.spec(), dx.shape(), dp.shape(), op.activation(), arguments);
      site.kernel(
          "taken_pool_bias_backward_" + dx.type(),
          columns.grid(),
          arguments.toArray(Argument[]::new));
    } else {
      addShape(op.spec(), dx.shape(), dp.shape(), op.activation(), arguments);
      site.kernel(
          "taken_pool_backward_" + dx.type(), dx.packs(), arguments.toArray(Argument[]::new));
    }
  }

  private static void addShape(
      PoolSpec spec, Shape x, Shape y, Optional<Activation> activation, List<Argument> arguments) {
    Pooling.shape(spec, x, y).forEach(arguments::add);
    Activation f = activation.orElse(IDENTITY);
    arguments.addAll(List.of(of(f.kind().ordinal()), of(f.alpha()), of(f.beta())));
  }
}

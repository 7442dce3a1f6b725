// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Argument;
import io.convoy.ops.Activation;
import io.convoy.ops.FusedBatchNorm;
import io.convoy.ops.FusedBatchNormGrad;

/** Batch normalisation with a sum and an activation in the same pass over x [..., C]. */
final class BatchNormActivation {
  private static final Activation IDENTITY = Activation.linear(1, 0);

  private BatchNormActivation() {}

  static void forward(FusedBatchNorm op, Site site) {
    BatchNormalization.statistics(site);
    if (op.residual()) {
      site.reuse(0, FusedBatchNorm.RESIDUAL);
    }
    Operand x = site.in(0);
    Activation f = op.activation().orElse(IDENTITY);
    site.kernel(
        "batch_norm_activation_forward_" + x.type(),
        x.packs(),
        of(x.buffer()),
        op.residual() ? of(site.in(FusedBatchNorm.RESIDUAL).buffer()) : new Argument.Null(),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(site.out(1).buffer()),
        of(site.out(2).buffer()),
        to(site.out(0).buffer()),
        of(x.rows()),
        of(x.channels()),
        of(op.epsilon()),
        of(f.kind().ordinal()),
        of(f.alpha()),
        of(f.beta()));
  }

  static void gradient(FusedBatchNormGrad op, Site site) {
    Operand x = site.in(0);
    if (op.residual()) {
      site.reuse(0, 0);
      if (!site.in(1).buffer().equals(x.buffer())) {
        site.reuse(3, 1); // dx is made of dz and x
      }
      residualGradients(op, x, site);
      BatchNormalization.inputGradient(site.out(3).buffer(), op.epsilon(), 1f / x.rows(), site);
    } else {
      site.reuse(0, 1);
      parameterGradients(op, x, site);
      inputGradient(op, x, site);
    }
  }

  /** The residual's gradient, and those of gamma and beta. */
  private static void residualGradients(FusedBatchNormGrad op, Operand x, Site site) {
    Columns columns = Columns.of(2, x, site);
    site.kernel(
        "batch_norm_residual_parameters_backward_" + x.type(),
        columns.grid(),
        of(x.buffer()),
        of(site.in(1).buffer()),
        of(site.in(FusedBatchNormGrad.TOLD_FROM).buffer()),
        of(site.in(3).buffer()),
        of(site.in(4).buffer()),
        to(site.out(3).buffer()),
        to(site.out(1).buffer()),
        to(site.out(2).buffer()),
        columns.partials(),
        columns.counters(),
        of(x.rows()),
        of(x.channels()),
        of(op.epsilon()),
        of(op.activation().kind().ordinal()),
        of(op.activation().alpha()),
        of(op.activation().beta()));
  }

  private static void parameterGradients(FusedBatchNormGrad op, Operand x, Site site) {
    Columns columns = Columns.of(2, x, site);
    site.kernel(
        "batch_norm_activation_parameters_backward_" + x.type(),
        columns.grid(),
        of(x.buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(site.in(FusedBatchNormGrad.TOLD_FROM).buffer()),
        of(site.in(3).buffer()),
        of(site.in(4).buffer()),
        to(site.out(1).buffer()),
        to(site.out(2).buffer()),
        columns.partials(),
        columns.counters(),
        of(x.rows()),
        of(x.channels()),
        of(op.epsilon()),
        of(op.activation().kind().ordinal()),
        of(op.activation().alpha()),
        of(op.activation().beta()));
  }

  private static void inputGradient(FusedBatchNormGrad op, Operand x, Site site) {
    site.kernel(
        "batch_norm_activation_backward_" + x.type(),
        x.packs(),
        of(x.buffer()),
        of(site.in(1).buffer()),
        of(site.in(2).buffer()),
        of(site.in(FusedBatchNormGrad.TOLD_FROM).buffer()),
        of(site.in(3).buffer()),
        of(site.in(4).buffer()),
        of(site.out(1).buffer()),
        of(site.out(2).buffer()),
        to(site.out(0).buffer()),
        of(x.rows()),
        of(x.channels()),
        of(op.epsilon()),
        of(1f / x.rows()),
        of(op.activation().kind().ordinal()),
        of(op.activation().alpha()),
        of(op.activation().beta()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.inOut;
import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.SoftmaxCrossEntropy;

/** Cross-entropies and the gradients they make in the same pass. */
final class Losses {
  private Losses() {}

  static void softmaxCrossEntropy(SoftmaxCrossEntropy op, Site site) {
    Operand logits = site.in(0);
    Operand labels = site.in(1);
    int classes = logits.shape().dim(1);
    long rows = logits.shape().dim(0);
    String kind = PlanBuilder.isInt(labels.spec()) ? "sparse" : "dense";
    site.kernel(
        "softmax_cross_entropy_forward_f32_" + kind + Softmaxes.suffix(classes),
        Softmaxes.grid(rows, classes),
        of(logits.buffer()),
        of(labels.buffer()),
        to(site.out(0).buffer()),
        to(site.out(1).buffer()),
        inOut(site.counters(1)), // right answers, a sum that nobody reads: InTopK counts them
        of(rows),
        of(classes),
        of(op.labelSmoothing()),
        of(1f));
  }

  static void sigmoidCrossEntropy(SigmoidCrossEntropy op, Site site) {
    Operand logits = site.in(0);
    site.kernel(
        "sigmoid_cross_entropy_forward_f32",
        logits.packs(),
        of(logits.buffer()),
        of(site.in(1).buffer()),
        to(site.out(0).buffer()),
        to(site.out(1).buffer()),
        of(logits.elements()));
  }
}

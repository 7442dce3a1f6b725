// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static io.convoy.cuda.device.Argument.of;
import static io.convoy.cuda.device.Argument.to;

import io.convoy.cuda.device.Argument;
import io.convoy.ops.FusedSoftmaxCrossEntropy;
import io.convoy.ops.InTopK;
import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.SoftmaxCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cross-entropies and the gradients they make in the same pass. */
final class Losses {
  private Losses() {}

  static void softmaxCrossEntropy(SoftmaxCrossEntropy op, Site site) {
    softmaxCrossEntropy(new FusedSoftmaxCrossEntropy(op, 1, Optional.empty()), site);
  }

  static void softmaxCrossEntropy(FusedSoftmaxCrossEntropy op, Site site) {
    Operand logits = site.in(0);
    Operand labels = site.in(1);
    int classes = logits.shape().dim(1);
    long rows = logits.shape().dim(0);
    String kind = PlanBuilder.isInt(labels.spec()) ? "sparse" : "dense";
    List<Argument> arguments = new ArrayList<>(List.of(of(logits.buffer()), of(labels.buffer())));
    for (int i = 0; i < FusedSoftmaxCrossEntropy.MOST_FACTORS; i++) {
      arguments.addAll(factor(FusedSoftmaxCrossEntropy.FACTORS + i, site));
    }
    arguments.addAll(
        List.of(
            to(site.out(0).buffer()),
            to(site.out(1).buffer()),
            op.ranking().isPresent() ? to(site.out(2).buffer()) : new Argument.Null(),
            of(rows),
            of(classes),
            of(op.ranking().map(InTopK::k).orElse(0)),
            of(op.root().labelSmoothing()),
            of(op.scale())));
    site.kernel(
        "softmax_cross_entropy_forward_" + logits.type() + "_" + kind + Softmaxes.suffix(classes),
        Softmaxes.grid(rows, classes),
        arguments.toArray(Argument[]::new));
  }

  /** A factor of the gradient and how far its rows are apart: null if there is no such input. */
  private static List<Argument> factor(int input, Site site) {
    if (input >= site.inputs()) {
      return List.of(new Argument.Null(), of(0));
    }
    Operand factor = site.in(input);
    return List.of(of(factor.buffer()), of(factor.elements() == 1 ? 0 : 1));
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

// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Activate;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.FusedNormalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fused ops, taken apart again into what they stand for. */
final class Fusions {
  private Fusions() {}

  static void epilogue(Fused op, List<DoubleTensor> in, List<DoubleTensor> out) {
    Evaluators.evaluate(op.root(), in.subList(0, 2), out);
    if (op.bias()) {
      List<DoubleTensor> biased = new ArrayList<>(out);
      biased.add(in.get(2));
      Evaluators.evaluate(new BiasAdd(), biased, out);
    }
    // Element by element, so writing over what is read is sound.
    op.activation().ifPresent(f -> Evaluators.evaluate(new Activate(f), out, out));
  }

  static void biasGradient(FusedBiasGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    Evaluators.evaluate(op.root(), in, out.subList(0, 1));
    Evaluators.evaluate(new BiasAddGrad(), in.subList(1, 2), out.subList(1, 2));
  }

  static void normalization(FusedNormalization op, List<DoubleTensor> in, List<DoubleTensor> out) {
    int fixed = FusedNormalization.FIXED_INPUTS;
    List<DoubleTensor> rooted = new ArrayList<>(in.subList(0, 2));
    rooted.addAll(in.subList(fixed, in.size()));
    epilogue(new Fused(op.root(), op.bias(), Optional.empty()), rooted, out);
    List<DoubleTensor> normalized = new ArrayList<>(out);
    normalized.addAll(in.subList(2, fixed));
    Evaluators.evaluate(new BatchNormInference(op.epsilon()), normalized, out);
    op.activation().ifPresent(f -> Evaluators.evaluate(new Activate(f), out, out));
  }
}

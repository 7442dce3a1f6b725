// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Binary;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedActivateGrad;
import io.convoy.ops.FusedBatchNorm;
import io.convoy.ops.FusedBatchNormGrad;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.FusedNormalization;
import io.convoy.ops.FusedSoftmaxCrossEntropy;
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

  static void activationGradient(
      FusedActivateGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    Evaluators.evaluate(op.root(), in, out.subList(0, 1));
    Evaluators.evaluate(new BiasAddGrad(), out.subList(0, 1), out.subList(1, 2));
  }

  static void crossEntropy(
      FusedSoftmaxCrossEntropy op, List<DoubleTensor> in, List<DoubleTensor> out) {
    int first = FusedSoftmaxCrossEntropy.FACTORS;
    Evaluators.evaluate(op.root(), in.subList(0, first), out);
    op.ranking().ifPresent(r -> Evaluators.evaluate(r, in.subList(0, first), out.subList(2, 3)));
    double[] gradient = out.get(1).values();
    int classes = out.get(1).dim(1);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= op.scale();
      for (DoubleTensor factor : in.subList(first, in.size())) {
        gradient[i] *= factor.values()[factor.values().length == 1 ? 0 : i / classes];
      }
    }
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

  static void batchNorm(FusedBatchNorm op, List<DoubleTensor> in, List<DoubleTensor> out) {
    Evaluators.evaluate(new BatchNorm(op.epsilon()), in.subList(0, FusedBatchNorm.RESIDUAL), out);
    List<DoubleTensor> y = out.subList(0, 1);
    if (op.residual()) {
      List<DoubleTensor> summands = List.of(out.get(0), in.get(FusedBatchNorm.RESIDUAL));
      Evaluators.evaluate(new Binary(Binary.Kind.ADD), summands, y);
    }
    op.activation().ifPresent(f -> Evaluators.evaluate(new Activate(f), y, y));
  }

  static void batchNormGradient(
      FusedBatchNormGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    DoubleTensor x = in.get(0);
    DoubleTensor dz = op.residual() ? out.get(3) : empty(x);
    DoubleTensor toldFrom = op.residual() ? in.get(FusedBatchNormGrad.TOLD_FROM) : argument(op, in);
    Evaluators.evaluate(
        new ActivateGrad(op.activation()), List.of(in.get(1), toldFrom), List.of(dz));
    if (op.residual()) {
      dz.round(); // stored, and read again
    }
    List<DoubleTensor> read = new ArrayList<>(in.subList(0, FusedBatchNormGrad.TOLD_FROM));
    read.set(1, dz);
    Evaluators.evaluate(new BatchNormGrad(op.epsilon(), false), read, out.subList(0, 3));
  }

  /** gamma (x - mean) / sqrt(variance + epsilon) + beta. */
  private static DoubleTensor argument(FusedBatchNormGrad op, List<DoubleTensor> in) {
    DoubleTensor z = empty(in.get(0));
    DoubleTensor beta = in.get(FusedBatchNormGrad.TOLD_FROM);
    List<DoubleTensor> read = List.of(in.get(0), in.get(2), beta, in.get(3), in.get(4));
    Evaluators.evaluate(new BatchNormInference(op.epsilon()), read, List.of(z));
    return z;
  }

  private static DoubleTensor empty(DoubleTensor like) {
    return new DoubleTensor(like.spec(), new double[like.values().length]);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Assign;
import io.convoy.ops.AugmentImages;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Binary;
import io.convoy.ops.Cast;
import io.convoy.ops.Concat;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.Dropout;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedActivateGrad;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.FusedBatchNorm;
import io.convoy.ops.FusedBatchNormGrad;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.FusedPool2DGrad;
import io.convoy.ops.FusedSoftmaxCrossEntropy;
import io.convoy.ops.GatherImages;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.InTopK;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;
import io.convoy.ops.LossScaling;
import io.convoy.ops.MatMul;
import io.convoy.ops.OneHot;
import io.convoy.ops.Op;
import io.convoy.ops.Pad;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.RandomQuantile;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.ops.Reshape;
import io.convoy.ops.Reverse;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.Slice;
import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.ops.SoftmaxGrad;
import io.convoy.ops.Update;

/**
 * Which code lowers which op. Not a table of method references: to link all of them takes 20 ms of
 * the start-up, to link those that a program needs half as long.
 */
final class Lowerings {
  private Lowerings() {}

  /**
   * Finds the code for an op.
   *
   * @return the code, or null if the backend has none
   */
  static Lowering of(Op op) {
    Lowering found = ofLayer(op);
    return found != null ? found : ofOther(op);
  }

  /** What layers with weights, their neighbours and their gradients consist of. */
  private static Lowering ofLayer(Op op) {
    if (op instanceof Conv2D o) {
      return site -> Convolution.forward(o, site);
    }
    if (op instanceof Conv2DBackpropInput o) {
      return site -> Convolution.backpropInput(o, site);
    }
    if (op instanceof Conv2DBackpropFilter o) {
      return site -> Convolution.backpropFilter(o, site);
    }
    if (op instanceof BiasAdd o) {
      return site -> Bias.add(o, site);
    }
    if (op instanceof BiasAddGrad o) {
      return site -> Bias.gradient(o, site);
    }
    if (op instanceof Pool2D o) {
      return site -> Pooling.forward(o, site);
    }
    if (op instanceof Pool2DGrad o) {
      return site -> Pooling.gradient(o, site);
    }
    if (op instanceof MatMul o) {
      return site -> MatrixProduct.multiply(o, site);
    }
    if (op instanceof Activate o) {
      return site -> Elementwise.activate(o, site);
    }
    if (op instanceof ActivateGrad o) {
      return site -> Elementwise.gradient(o, site);
    }
    if (op instanceof BatchNorm o) {
      return site -> BatchNormalization.forward(o, site);
    }
    if (op instanceof BatchNormInference o) {
      return site -> BatchNormalization.inference(o, site);
    }
    if (op instanceof BatchNormGrad o) {
      return site -> BatchNormalization.gradient(o, site);
    }
    if (op instanceof LocalResponseNormalization o) {
      return site -> LocalResponse.forward(o, site);
    }
    if (op instanceof LocalResponseNormalizationGrad o) {
      return site -> LocalResponse.gradient(o, site);
    }
    if (op instanceof Dropout o) {
      return site -> DropoutMask.apply(o, site);
    }
    if (op instanceof AugmentImages o) {
      return site -> Augmenting.images(o, site);
    }
    if (op instanceof Fused o) {
      return site -> Fusions.epilogue(o, site);
    }
    if (op instanceof Cast o) {
      return site -> Elementwise.cast(o, site);
    }
    if (op instanceof FusedBiasGrad o) {
      return site -> Fusions.biasGradient(o, site);
    }
    if (op instanceof FusedActivateGrad o) {
      return site -> Bias.gradient(o, site);
    }
    if (op instanceof FusedBatchNorm o) {
      return site -> BatchNormActivation.forward(o, site);
    }
    if (op instanceof FusedBatchNormGrad o) {
      return site -> BatchNormActivation.gradient(o, site);
    }
    if (op instanceof FusedPool2D o) {
      return site -> PoolingActivation.forward(o, site);
    }
    if (op instanceof FusedPool2DGrad o) {
      return site -> PoolingActivation.gradient(o, site);
    }
    return null;
  }

  private static Lowering ofOther(Op op) {
    if (op instanceof Softmax o) {
      return site -> Softmaxes.forward(o, site);
    }
    if (op instanceof SoftmaxGrad o) {
      return site -> Softmaxes.gradient(o, site);
    }
    if (op instanceof SoftmaxCrossEntropy o) {
      return site -> Losses.softmaxCrossEntropy(o, site);
    }
    if (op instanceof FusedSoftmaxCrossEntropy o) {
      return site -> Losses.softmaxCrossEntropy(o, site);
    }
    if (op instanceof SigmoidCrossEntropy o) {
      return site -> Losses.sigmoidCrossEntropy(o, site);
    }
    if (op instanceof Binary o) {
      return site -> Binaries.combine(o, site);
    }
    if (op instanceof Reduce o) {
      return site -> Reduction.reduce(o, site);
    }
    if (op instanceof ReduceGrad o) {
      return site -> Reduction.gradient(o, site);
    }
    if (op instanceof GlobalNorm o) {
      return site -> Reduction.globalNorm(o, site);
    }
    if (op instanceof Reshape o) {
      return site -> Layout.reshape(o, site);
    }
    if (op instanceof Concat o) {
      return site -> Layout.concat(o, site);
    }
    if (op instanceof Slice o) {
      return site -> Layout.slice(o, site);
    }
    if (op instanceof Pad o) {
      return site -> Layout.pad(o, site);
    }
    if (op instanceof Reverse o) {
      return site -> Layout.reverse(o, site);
    }
    if (op instanceof RandomQuantile o) {
      return site -> Augmenting.quantile(o, site);
    }
    if (op instanceof GatherImages o) {
      return site -> Images.gather(o, site);
    }
    if (op instanceof InTopK o) {
      return site -> Ranking.inTopK(o, site);
    }
    if (op instanceof OneHot o) {
      return site -> Ranking.oneHot(o, site);
    }
    if (op instanceof ScheduledRate o) {
      return site -> Updates.scheduledRate(o, site);
    }
    if (op instanceof LossScaling o) {
      return site -> Updates.lossScaling(o, site);
    }
    if (op instanceof Assign o) {
      return site -> Updates.assign(o, site);
    }
    if (op instanceof FusedAssign o) {
      return site -> Updates.assignSums(o, site);
    }
    if (op instanceof Update o) {
      return site -> Updates.update(o, site);
    }
    return null;
  }
}

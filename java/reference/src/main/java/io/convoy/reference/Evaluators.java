// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

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
import io.convoy.ops.FusedNormalization;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which code computes which op. */
final class Evaluators {
  private static final Map<Class<? extends Op>, Evaluator<Op>> TABLE = new HashMap<>();

  static {
    put(Conv2D.class, Convolution::forward);
    put(Conv2DBackpropInput.class, Convolution::backpropInput);
    put(Conv2DBackpropFilter.class, Convolution::backpropFilter);
    put(BiasAdd.class, Bias::add);
    put(BiasAddGrad.class, Bias::gradient);
    put(Pool2D.class, Pooling::forward);
    put(Pool2DGrad.class, Pooling::gradient);
    put(MatMul.class, MatrixProduct::multiply);
    put(Activate.class, Elementwise::activate);
    put(ActivateGrad.class, Elementwise::gradient);
    put(Softmax.class, Softmaxes::forward);
    put(SoftmaxGrad.class, Softmaxes::gradient);
    put(SoftmaxCrossEntropy.class, Losses::softmaxCrossEntropy);
    put(SigmoidCrossEntropy.class, Losses::sigmoidCrossEntropy);
    put(Binary.class, Binaries::combine);
    put(Reduce.class, Reduction::reduce);
    put(ReduceGrad.class, Reduction::gradient);
    put(GlobalNorm.class, Reduction::globalNorm);
    put(Reshape.class, Layout::reshape);
    put(Concat.class, Layout::concat);
    put(Slice.class, Layout::slice);
    put(Pad.class, Layout::pad);
    put(BatchNorm.class, BatchNormalization::forward);
    put(BatchNormInference.class, BatchNormalization::inference);
    put(BatchNormGrad.class, BatchNormalization::gradient);
    put(LocalResponseNormalization.class, LocalResponse::forward);
    put(LocalResponseNormalizationGrad.class, LocalResponse::gradient);
    put(Dropout.class, DropoutMask::apply);
    put(AugmentImages.class, Augmenting::images);
    put(Reverse.class, Layout::reverse);
    put(RandomQuantile.class, Augmenting::quantile);
    put(InTopK.class, Ranking::inTopK);
    put(OneHot.class, Ranking::oneHot);
    put(ScheduledRate.class, Updates::scheduledRate);
    put(Assign.class, Updates::assign);
    put(FusedAssign.class, Updates::assignSums);
    put(Update.class, Updates::update);
    put(Fused.class, Fusions::epilogue);
    put(FusedBiasGrad.class, Fusions::biasGradient);
    put(FusedActivateGrad.class, Fusions::activationGradient);
    put(FusedBatchNorm.class, Fusions::batchNorm);
    put(FusedBatchNormGrad.class, Fusions::batchNormGradient);
    put(FusedPool2D.class, PoolingActivation::forward);
    put(FusedPool2DGrad.class, PoolingActivation::gradient);
    put(FusedNormalization.class, Fusions::normalization);
    put(FusedSoftmaxCrossEntropy.class, Fusions::crossEntropy);
    put(GatherImages.class, Images::gather);
    put(Cast.class, Elementwise::cast);
    put(LossScaling.class, Updates::lossScaling);
  }

  private Evaluators() {}

  private static <O extends Op> void put(Class<O> type, Evaluator<O> evaluator) {
    TABLE.put(type, (op, in, out) -> evaluator.evaluate(type.cast(op), in, out));
  }

  static boolean has(Class<?> type) {
    return TABLE.containsKey(type);
  }

  static void evaluate(Op op, List<DoubleTensor> in, List<DoubleTensor> out) {
    TABLE.get(op.getClass()).evaluate(op, in, out);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * An operation: its attributes and the rule for its outputs' shapes. It knows no backend and no
 * data. Images are NHWC ({@code [batch, height, width, channels]}), filters HWIO ({@code [height,
 * width, in / groups, out]}), as in TensorFlow.
 */
public sealed interface Op
    permits Constant,
        Variable,
        Placeholder,
        Conv2D,
        Conv2DBackpropInput,
        Conv2DBackpropFilter,
        BiasAdd,
        BiasAddGrad,
        Pool2D,
        Pool2DGrad,
        MatMul,
        Activate,
        ActivateGrad,
        Softmax,
        SoftmaxGrad,
        SoftmaxCrossEntropy,
        SigmoidCrossEntropy,
        Binary,
        Reduce,
        ReduceGrad,
        Reshape,
        Concat,
        Slice,
        Pad,
        BatchNorm,
        BatchNormInference,
        BatchNormGrad,
        LocalResponseNormalization,
        LocalResponseNormalizationGrad,
        Dropout,
        AugmentImages,
        Reverse,
        RandomQuantile,
        InTopK,
        OneHot,
        GlobalNorm,
        ScheduledRate,
        Assign,
        Update,
        Group,
        Fused,
        FusedBiasGrad,
        FusedSoftmaxCrossEntropy,
        FusedAssign,
        FusedActivateGrad,
        FusedBatchNorm,
        FusedBatchNormGrad,
        FusedPool2D,
        FusedPool2DGrad,
        FusedNormalization,
        GatherImages,
        Cast,
        LossScaling {

  /**
   * Computes the outputs' types and shapes.
   *
   * @param inputs the inputs' specs; batch dimensions may be open
   * @return one spec per output
   * @throws IllegalArgumentException if the inputs don't fit; the message says why
   */
  List<TensorSpec> infer(List<TensorSpec> inputs);

  /**
   * Returns the op's kind for messages and dumps.
   *
   * @return the record's simple name unless the op says more
   */
  default String label() {
    return getClass().getSimpleName();
  }

  /**
   * Tells whether the data of an input matters, or its shape alone.
   *
   * @param input index of the input
   * @return false if only the shape is used, so that its memory need not be kept
   */
  default boolean readsData(int input) {
    return true;
  }

  /**
   * Tells whether the op overwrites an input, which then is a variable.
   *
   * @param input index of the input
   * @return true if the op writes it
   */
  default boolean mutates(int input) {
    return false;
  }

  /**
   * Tells whether the op writes variables.
   *
   * @return true if {@link #mutates} holds for some input
   */
  default boolean isUpdate() {
    return false;
  }
}

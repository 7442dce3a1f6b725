// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * What follows from the norm of gradients of a scaled loss (arXiv 1710.03740, section 3.2; how the
 * scale moves as Keras 3's LossScaleOptimizer). If the norm is finite, the gradients' scale is
 * min(1 / scale, clipNorm / norm), the step counts as good, and after growthInterval good ones in a
 * row the loss' scale doubles, unless that were infinite. Else it halves, and the gradients' scale
 * is 0: {@link Update} skips the step. At {@link #LEAST}, where halving helps nobody, it is 1 /
 * scale instead, so that NaN comes into the parameters and shows in the loss.
 *
 * <p>Inputs: norm, scale, good steps, all FLOAT32 {@code []}. Outputs: the gradients' scale, the
 * next scale, the next good steps, all FLOAT32 {@code []}, and the steps done, INT32 {@code []}, 1
 * or 0.
 *
 * @param growthInterval good steps in a row before the scale grows, at least 1
 * @param clipNorm largest norm of the gradients, 0 for no clipping
 */
public record LossScaling(int growthInterval, float clipNorm) implements Op {
  /** The smallest scale: the smallest number above 0 in FLOAT16. */
  public static final float LEAST = 0x1p-24f;

  private static final int INPUTS = 3;

  /**
   * Checks the numbers.
   *
   * @param growthInterval the component
   * @param clipNorm the component
   */
  public LossScaling {
    Checks.check(growthInterval >= 1, "the growth interval must be at least 1 step");
    Checks.check(clipNorm >= 0, "clipNorm must not be negative, is " + clipNorm);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, INPUTS);
    Checks.floats(inputs);
    for (int i = 0; i < INPUTS; i++) {
      Checks.rank(inputs, i, 0, "a scalar");
    }
    TensorSpec number = TensorSpec.f32();
    return List.of(number, number, number, new TensorSpec(DType.INT32, Shape.scalar()));
  }
}

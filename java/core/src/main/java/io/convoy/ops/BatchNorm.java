// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Batch normalisation with the batch's own statistics (arXiv 1502.03167, algorithm 1): y = gamma (x
 * - mean) / sqrt(variance + epsilon) + beta, where mean and variance are taken over all axes but
 * the innermost, the variance divided by the number of elements (not one less).
 *
 * <p>Inputs: x {@code [..., C]}, gamma {@code [C]}, beta {@code [C]}. Outputs: y of x's shape, mean
 * {@code [C]}, variance {@code [C]}. Only y has a gradient.
 *
 * @param epsilon added to the variance, above 0; Keras' default is 1e-3
 */
public record BatchNorm(float epsilon) implements Op {
  /**
   * Checks epsilon.
   *
   * @param epsilon the component
   */
  public BatchNorm {
    Checks.check(epsilon > 0, "epsilon must be positive, is " + epsilon);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 3);
    TensorSpec channels = channels(inputs, 0, 1);
    return List.of(inputs.get(0), channels, channels);
  }

  /** Checks that all inputs from {@code vectors} on are [C], where input x is [..., C]. */
  static TensorSpec channels(List<TensorSpec> inputs, int x, int vectors) {
    Checks.oneFloat(inputs.subList(0, vectors));
    Shape shape = inputs.get(x).shape();
    Checks.check(
        shape.rank() == 2 || shape.rank() == 4, "input must be [N,C] or [N,H,W,C], is " + shape);
    TensorSpec channels = TensorSpec.f32(shape.dim(-1));
    for (TensorSpec vector : inputs.subList(vectors, inputs.size())) {
      Checks.check(
          vector.equals(channels), "wants vectors of " + channels + ", got " + vector.shape());
    }
    return channels;
  }
}

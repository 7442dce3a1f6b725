// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Batch normalisation with given statistics: y = gamma (x - mean) / sqrt(variance + epsilon) +
 * beta.
 *
 * <p>Inputs: x {@code [..., C]}, then gamma, beta, mean, variance, all {@code [C]}. Output: y of
 * x's shape.
 *
 * @param epsilon added to the variance, above 0
 */
public record BatchNormInference(float epsilon) implements Op {
  /**
   * Checks epsilon.
   *
   * @param epsilon the component
   */
  public BatchNormInference {
    Checks.check(epsilon > 0, "epsilon must be positive, is " + epsilon);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 5);
    BatchNorm.channels(inputs, 0, 1);
    return inputs.subList(0, 1);
  }
}

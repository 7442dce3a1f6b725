// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link BatchNorm}, or of {@link BatchNormInference} when the statistics are
 * given. With xhat = (x - mean) / sqrt(variance + epsilon): dgamma = sum(dy xhat), dbeta = sum(dy),
 * dx = gamma / sqrt(variance + epsilon) (dy - dbeta / M - xhat dgamma / M) over M elements a
 * channel; with given statistics the two corrections fall away.
 *
 * <p>Inputs: x {@code [..., C]}, dy of x's shape, then gamma, mean, variance, all {@code [C]}.
 * Outputs: dx of x's shape, dgamma {@code [C]}, dbeta {@code [C]}.
 *
 * @param epsilon added to the variance, above 0
 * @param givenStatistics whether mean and variance did not depend on x
 */
public record BatchNormGrad(float epsilon, boolean givenStatistics) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 5);
    Checks.same(inputs, 0, 1);
    TensorSpec channels = BatchNorm.channels(inputs, 0, 2);
    return List.of(inputs.get(0), channels, channels);
  }
}

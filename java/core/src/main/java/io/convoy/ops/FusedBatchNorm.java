// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * {@link BatchNorm} with a sum and an activation applied before the result is written: y =
 * activation(batchNorm(x, gamma, beta) + residual). Made by compile passes, never by users.
 *
 * <p>Inputs: x {@code [..., C]}, gamma {@code [C]}, beta {@code [C]}, then the residual, of x's
 * type and shape, if there is one. Outputs: y of x's shape, mean {@code [C]}, variance {@code [C]}
 * of x.
 *
 * @param epsilon added to the variance, above 0
 * @param residual whether something is added
 * @param activation applied last, if any
 */
public record FusedBatchNorm(float epsilon, boolean residual, Optional<Activation> activation)
    implements Op {
  /** Index of the residual among the inputs. */
  public static final int RESIDUAL = 3;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, residual ? RESIDUAL + 1 : RESIDUAL);
    if (residual) {
      Checks.oneFloat(List.of(inputs.get(0), inputs.get(RESIDUAL)));
      Checks.same(inputs, 0, RESIDUAL);
    }
    return new BatchNorm(epsilon).infer(inputs.subList(0, RESIDUAL));
  }

  @Override
  public String label() {
    return "BatchNorm" + (residual ? " + ADD" : "") + activation.map(a -> " + " + a).orElse("");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradients of an activation and of the bias before it: dx = {@link ActivateGrad}, and db, the
 * sum of dx over all axes but the innermost. Made by compile passes, never by users.
 *
 * <p>Inputs: dy {@code [..., C]}, and x or y as {@link Activation.Kind#derivativeUses} says.
 * Outputs: dx of their shape, db {@code [C]}.
 *
 * @param root the activation's gradient
 */
public record FusedActivateGrad(ActivateGrad root) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    List<TensorSpec> dx = root.infer(inputs);
    return List.of(dx.get(0), new BiasAddGrad().infer(dx).get(0));
  }

  @Override
  public String label() {
    return root.label() + " + BiasAddGrad";
  }
}

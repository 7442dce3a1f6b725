// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradients by filter and bias in one pass over dy. Made by compile passes, never by users.
 *
 * <p>Inputs: the root's: x and dy. Outputs: the root's dw, and db {@code [C]}, the sum of dy over
 * all axes but the innermost.
 *
 * @param root a {@link Conv2DBackpropFilter}, or a {@link MatMul} of x^T and dy
 */
public record FusedBiasGrad(Op root) implements Op {
  /**
   * Checks the root.
   *
   * @param root the component
   */
  public FusedBiasGrad {
    Checks.check(
        root instanceof Conv2DBackpropFilter || root.equals(new MatMul(true, false)),
        root.label() + " makes no gradient of a filter");
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec dw = root.infer(inputs).get(0);
    return List.of(dw, new BiasAddGrad().infer(inputs.subList(1, 2)).get(0));
  }

  @Override
  public String label() {
    return root.label() + " + BiasAddGrad";
  }
}

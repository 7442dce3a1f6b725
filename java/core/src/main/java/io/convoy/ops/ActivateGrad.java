// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Activate}: dx = dy f'(x).
 *
 * <p>Inputs: dy, and x or y as {@link Activation.Kind#derivativeUses} says, all of one shape.
 * Output: dx of that shape. Not for functions whose derivative uses neither.
 *
 * @param function which function
 */
public record ActivateGrad(Activation function) implements Op {
  /**
   * Checks that the derivative depends on something.
   *
   * @param function the component
   */
  public ActivateGrad {
    Checks.check(
        function.kind().derivativeUses() != Activation.Uses.NOTHING,
        "the derivative of " + function + " is constant");
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.oneFloat(inputs);
    Checks.same(inputs, 0, 1);
    return List.of(inputs.get(1));
  }

  @Override
  public String label() {
    return function + "Grad";
  }
}

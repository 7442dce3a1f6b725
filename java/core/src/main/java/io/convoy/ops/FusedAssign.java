// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * {@link Assign} that adds up values itself, and of variables of different types. Made by compile
 * passes, never by users.
 *
 * <p>Inputs: for each variable: the variable, and a value of its type: of its shape, or, where the
 * variable has one element, of any shape, whose sum is meant; none that is written is another's
 * value. Output: a token.
 *
 * @param root the factors
 */
public record FusedAssign(Assign root) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.check(
        !inputs.isEmpty() && inputs.size() % Assign.STRIDE == 0,
        "wants a value for each variable, got " + inputs.size() + " inputs");
    for (int i = 0; i < inputs.size(); i += Assign.STRIDE) {
      TensorSpec variable = inputs.get(i);
      TensorSpec value = inputs.get(i + 1);
      Checks.dtype(inputs, i + 1, variable.dtype());
      Checks.check(
          variable.shape().elements() == 1 || variable.equals(value),
          "a value of " + value + " can't be assigned to " + variable);
    }
    return List.of(TensorSpec.TOKEN);
  }

  @Override
  public boolean mutates(int input) {
    return root.mutates(input);
  }

  @Override
  public boolean isUpdate() {
    return true;
  }

  @Override
  public String label() {
    return root.label() + " of sums";
  }
}

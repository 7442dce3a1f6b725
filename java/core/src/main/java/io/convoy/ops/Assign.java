// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Changes one or more variables: variable = keep variable + add value. (0, 1) assigns, (1, 1) adds,
 * (m, 1 - m) is a moving average, (0, 0) clears.
 *
 * <p>Inputs: for each variable: the variable, a value of its type and shape; all are of one type,
 * and none that is written is another's value. Output: a token. INT32 variables take whole factors.
 *
 * @param keep factor of the old value; with 0, a NaN in it is forgotten
 * @param add factor of the value; with 0, a NaN in it has no effect
 */
public record Assign(float keep, float add) implements Op {
  /** Inputs a variable: itself, its value. */
  public static final int STRIDE = 2;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.check(
        !inputs.isEmpty() && inputs.size() % STRIDE == 0,
        "wants a value for each variable, got " + inputs.size() + " inputs");
    for (int i = 0; i < inputs.size(); i += STRIDE) {
      TensorSpec variable = inputs.get(i);
      TensorSpec value = inputs.get(i + 1);
      Checks.dtype(inputs, i, inputs.get(0).dtype());
      Checks.check(
          variable.equals(value), "a value of " + value + " can't be assigned to " + variable);
    }
    return List.of(TensorSpec.TOKEN);
  }

  @Override
  public boolean mutates(int input) {
    return input % STRIDE == 0;
  }

  @Override
  public boolean isUpdate() {
    return true;
  }
}

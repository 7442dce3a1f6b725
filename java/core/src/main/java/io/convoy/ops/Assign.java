// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Changes a variable: variable = keep variable + add value. (0, 1) assigns, (1, 1) adds, (m, 1 - m)
 * is a moving average.
 *
 * <p>Inputs: the variable, a value of its type and shape. Output: a token. INT32 variables take
 * whole factors.
 *
 * @param keep factor of the old value; with 0, a NaN in it is forgotten
 * @param add factor of the value
 */
public record Assign(float keep, float add) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.check(
        inputs.get(0).equals(inputs.get(1)),
        "a value of " + inputs.get(1) + " can't be assigned to " + inputs.get(0));
    return List.of(TensorSpec.TOKEN);
  }

  @Override
  public boolean mutates(int input) {
    return input == 0;
  }

  @Override
  public boolean isUpdate() {
    return true;
  }
}

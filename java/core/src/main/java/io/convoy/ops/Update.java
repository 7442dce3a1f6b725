// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * An optimizer's step on one or more parameters.
 *
 * <p>Inputs: learning rate FLOAT32 {@code []}, iterations INT32 {@code []}, gradient scale FLOAT32
 * {@code []} (g is the gradient times it; 0 skips the step: nothing is written), then for each
 * parameter: the parameter, its gradient, and the rule's slots, all of one shape. Output: a token.
 * Parameters and slots are written.
 *
 * @param rule the formula
 */
public record Update(UpdateRule rule) implements Op {
  /** Inputs before the first parameter. */
  public static final int SCALARS = 3;

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.check(
        inputs.size() > SCALARS && (inputs.size() - SCALARS) % stride() == 0,
        "wants " + SCALARS + " scalars and " + stride() + " tensors a parameter");
    Checks.dtype(inputs, 1, DType.INT32);
    for (int i = 0; i < SCALARS; i++) {
      Checks.rank(inputs, i, 0, "a scalar");
    }
    for (int i = SCALARS; i < inputs.size(); i++) {
      Checks.dtype(inputs, i, DType.FLOAT32);
      Checks.same(inputs, i, i - (i - SCALARS) % stride());
    }
    return List.of(TensorSpec.TOKEN);
  }

  /**
   * Returns the number of inputs a parameter: itself, its gradient, its slots.
   *
   * @return 2 + slots
   */
  public int stride() {
    return 2 + rule.slots();
  }

  @Override
  public boolean mutates(int input) {
    return input >= SCALARS && (input - SCALARS) % stride() != 1;
  }

  @Override
  public boolean isUpdate() {
    return true;
  }

  @Override
  public String label() {
    return "Update " + rule;
  }
}

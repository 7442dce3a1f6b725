// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Applies a function to each element.
 *
 * <p>Input: x of any shape. Output: y of x's shape.
 *
 * @param function which function
 */
public record Activate(Activation function) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    Checks.oneFloat(inputs);
    return inputs;
  }

  @Override
  public String label() {
    return function.toString();
  }
}

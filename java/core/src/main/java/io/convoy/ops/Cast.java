// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Changes how numbers are stored: to the nearest of the type, ties to even; what is too large
 * becomes infinite. Made by compile passes, never by users, so it has no gradient.
 *
 * <p>Inputs: one or more tensors of floating types. Outputs: as many, of the same shapes.
 *
 * @param to the new type, a floating one
 */
public record Cast(DType to) implements Op {
  /**
   * Checks the type.
   *
   * @param to the component
   */
  public Cast {
    Checks.check(to.isFloat(), "a cast makes floating point numbers, not " + to);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.check(!inputs.isEmpty(), "wants at least one input");
    for (TensorSpec input : inputs) {
      Checks.check(input.dtype().isFloat(), "inputs must be floating point, not " + input.dtype());
    }
    return inputs.stream().map(input -> new TensorSpec(to, input.shape())).toList();
  }

  @Override
  public String label() {
    return "Cast " + to;
  }
}

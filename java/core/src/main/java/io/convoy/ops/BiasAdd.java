// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Adds a vector to the innermost axis: y[..., c] = x[..., c] + b[c].
 *
 * <p>Inputs: x {@code [..., C]}, b {@code [C]}. Output: y {@code [..., C]}.
 */
public record BiasAdd() implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.oneFloat(inputs.subList(0, 1));
    Checks.dtype(inputs, 1, DType.FLOAT32);
    Shape x = inputs.get(0).shape();
    Shape b = Checks.rank(inputs, 1, 1, "a vector [C]");
    Checks.check(x.rank() >= 1, "input 0 must have an axis for the bias");
    Checks.check(
        x.dim(-1) == b.dim(0),
        "a bias of " + b.dim(0) + " does not fit " + x.dim(-1) + " channels");
    return List.of(inputs.get(0));
  }
}

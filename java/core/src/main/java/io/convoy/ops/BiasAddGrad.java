// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link BiasAdd} by its bias: db[c] = sum of dy[..., c] over all other axes.
 *
 * <p>Input: dy {@code [..., C]}. Output: db FLOAT32 {@code [C]}.
 */
public record BiasAddGrad() implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    Checks.oneFloat(inputs);
    Shape dy = inputs.get(0).shape();
    Checks.check(dy.rank() >= 1, "input 0 must have an axis for the bias");
    return Checks.f32(dy.dim(-1));
  }
}

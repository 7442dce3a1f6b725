// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link Softmax}: dx = (dy - sum(dy y)) y, or for its logarithm dx = dy - e^y
 * sum(dy), sums over the innermost axis.
 *
 * <p>Inputs: y {@code [..., C]}, dy of y's shape. Output: dx of y's shape.
 *
 * @param log whether y is the logarithm
 */
public record SoftmaxGrad(boolean log) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    Checks.floats(inputs);
    Checks.same(inputs, 0, 1);
    return inputs.subList(0, 1);
  }

  @Override
  public String label() {
    return log ? "LogSoftmaxGrad" : "SoftmaxGrad";
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Softmax over the innermost axis, y[c] = e^(x[c]-m) / sum of e^(x[k]-m) with m the largest x, or
 * its logarithm.
 *
 * <p>Input: x {@code [..., C]}. Output: y of x's shape.
 *
 * @param log whether the logarithm is wanted
 */
public record Softmax(boolean log) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    Checks.floats(inputs);
    Checks.check(inputs.get(0).shape().rank() >= 1, "input 0 must have an axis");
    return inputs;
  }

  @Override
  public String label() {
    return log ? "LogSoftmax" : "Softmax";
  }
}

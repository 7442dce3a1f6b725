// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The rows of a batch in reverse order: y[n] = x[N - 1 - n]. Its gradient is the same op on dy.
 *
 * <p>Input: x FLOAT32 or INT32 {@code [N, ...]}. Output: y of x's type and shape.
 */
public record Reverse() implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    TensorSpec x = inputs.get(0);
    Checks.check(
        x.shape().rank() > 0 && x.dtype().bytes() == 4, "x must be a batch of FLOAT32 or INT32");
    return inputs;
  }
}

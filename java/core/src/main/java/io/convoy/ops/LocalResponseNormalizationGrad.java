// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The gradient of {@link LocalResponseNormalization}: with its s, dx[c] = dy[c] / s[c]^beta - 2
 * alpha beta x[c] (sum of dy[k] x[k] / s[k]^(beta + 1) over |k - c| at most depthRadius).
 *
 * <p>Inputs: x {@code [N,H,W,C]}, dy of x's shape. Output: dx of x's shape.
 *
 * @param forward the normalisation
 */
public record LocalResponseNormalizationGrad(LocalResponseNormalization forward) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    forward.infer(inputs.subList(0, 1));
    Checks.oneFloat(inputs);
    Checks.same(inputs, 0, 1);
    return inputs.subList(0, 1);
  }
}

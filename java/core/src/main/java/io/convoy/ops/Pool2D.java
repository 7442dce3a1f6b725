// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Pooling over windows of an image.
 *
 * <p>Input: x {@code [N,H,W,C]}. Output: y {@code [N,P,Q,C]}.
 *
 * @param spec kind, window, strides and padding
 */
public record Pool2D(PoolSpec spec) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    DType dtype = Checks.oneFloat(inputs);
    Shape x = Checks.rank(inputs, 0, 4, "an image [N,H,W,C]");
    int p = spec.rows(x.dim(1)).output();
    int q = spec.columns(x.dim(2)).output();
    return Checks.of(dtype, x.dim(0), p, q, x.dim(3));
  }

  @Override
  public String label() {
    return "Pool2D " + spec;
  }
}

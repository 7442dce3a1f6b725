// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Matrix product.
 *
 * <p>Inputs: a {@code [M,K]}, b {@code [K,N]}. Output: {@code [M,N]} of their type; with {@code
 * transposeA} FLOAT32, for that is a sum over instances, a parameter's gradient.
 *
 * @param transposeA whether a is given as {@code [K,M]}
 * @param transposeB whether b is given as {@code [N,K]}
 */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 2);
    DType dtype = Checks.oneFloat(inputs);
    Shape a = Checks.rank(inputs, 0, 2, "a matrix");
    Shape b = Checks.rank(inputs, 1, 2, "a matrix");
    int k = a.dim(transposeA ? 0 : 1);
    int k2 = b.dim(transposeB ? 1 : 0);
    Checks.check(
        k == k2 || k == Shape.UNKNOWN || k2 == Shape.UNKNOWN,
        "the inner dimensions differ: " + k + " and " + k2);
    DType sum = transposeA ? DType.FLOAT32 : dtype;
    return Checks.of(sum, a.dim(transposeA ? 1 : 0), b.dim(transposeB ? 0 : 1));
  }

  @Override
  public String label() {
    return "MatMul" + (transposeA ? " A^T" : "") + (transposeB ? " B^T" : "");
  }
}

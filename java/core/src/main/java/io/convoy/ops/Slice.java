// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Cuts a range out of one axis.
 *
 * <p>Input: x. Output: x's shape with the axis {@code length} long.
 *
 * @param axis which axis, from 0; not the open one
 * @param begin first index that is kept
 * @param length how many are kept
 */
public record Slice(int axis, int begin, int length) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    DType dtype = Checks.oneFloat(inputs);
    Shape x = inputs.get(0).shape();
    Checks.check(axis >= 0 && axis < x.rank(), "axis " + axis + " is not one of " + x);
    Checks.check(
        begin >= 0 && length >= 0 && begin <= x.dim(axis) - length,
        "range " + begin + "+" + length + " leaves axis " + axis + " of " + x);
    int[] dims = x.dims();
    dims[axis] = length;
    return Checks.of(dtype, dims);
  }

  @Override
  public String label() {
    return "Slice axis " + axis + " " + begin + "+" + length;
  }
}

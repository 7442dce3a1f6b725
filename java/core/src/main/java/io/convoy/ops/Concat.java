// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Joins tensors along an axis.
 *
 * <p>Inputs: one or more tensors whose shapes differ in the axis alone. Output: their lengths along
 * the axis added up.
 *
 * @param axis which axis, from 0; not the open one
 */
public record Concat(int axis) implements Op {
  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.check(!inputs.isEmpty(), "wants at least one input");
    DType dtype = Checks.oneFloat(inputs);
    Shape first = inputs.get(0).shape();
    Checks.check(axis >= 0 && axis < first.rank(), "axis " + axis + " is not one of " + first);
    int length = 0;
    for (TensorSpec input : inputs) {
      Shape shape = input.shape();
      Checks.check(
          shape.rank() == first.rank() && shape.dim(axis) != Shape.UNKNOWN,
          shape + " can't be joined along axis " + axis);
      int[] dims = shape.dims();
      dims[axis] = first.dim(axis);
      Checks.check(
          Shape.of(dims).accepts(first),
          shape + " differs from " + first + " in more than axis " + axis);
      length = Math.addExact(length, shape.dim(axis));
    }
    int[] dims = first.dims();
    dims[axis] = length;
    return Checks.of(dtype, dims);
  }

  @Override
  public String label() {
    return "Concat axis " + axis;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * Adds zeros before and behind along one axis.
 *
 * <p>Input: x. Output: x's shape with the axis longer by {@code before + after}.
 *
 * @param axis which axis, from 0; not the open one
 * @param before zeros in front, in elements
 * @param after zeros behind, in elements
 */
public record Pad(int axis, int before, int after) implements Op {
  /**
   * Checks that nothing is negative.
   *
   * @param axis the component
   * @param before the component
   * @param after the component
   */
  public Pad {
    Checks.check(before >= 0 && after >= 0, "padding must not be negative");
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    DType dtype = Checks.oneFloat(inputs);
    Shape x = inputs.get(0).shape();
    Checks.check(axis >= 0 && axis < x.rank(), "axis " + axis + " is not one of " + x);
    Checks.check(x.dim(axis) != Shape.UNKNOWN, "the open batch axis can't be padded");
    int[] dims = x.dims();
    dims[axis] = Math.addExact(dims[axis], Math.addExact(before, after));
    return Checks.of(dtype, dims);
  }

  @Override
  public String label() {
    return "Pad axis " + axis + " " + before + "+" + after;
  }
}

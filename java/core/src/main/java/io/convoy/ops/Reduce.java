// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sum or mean over axes.
 *
 * <p>Input: x. Output: x's shape with the axes removed, or of size 1 with keepDims.
 *
 * @param kind sum or mean
 * @param axes the axes, from 0, without repetition
 * @param keepDims whether the axes stay, with size 1
 */
public record Reduce(Kind kind, List<Integer> axes, boolean keepDims) implements Op {
  /** Sum or mean. */
  public enum Kind {
    /** The sum. */
    SUM,
    /** The sum divided by the number of elements. */
    MEAN
  }

  /**
   * Copies the axes.
   *
   * @param kind the component
   * @param axes the component
   * @param keepDims the component
   */
  public Reduce {
    axes = List.copyOf(axes);
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Checks.count(inputs, 1);
    Checks.floats(inputs);
    Shape x = inputs.get(0).shape();
    for (int axis : axes) {
      Checks.check(axis >= 0 && axis < x.rank(), "axis " + axis + " is not one of " + x);
    }
    int[] dims =
        IntStream.range(0, x.rank())
            .filter(i -> keepDims || !axes.contains(i))
            .map(i -> axes.contains(i) ? 1 : x.dim(i))
            .toArray();
    return Checks.f32(dims);
  }

  @Override
  public String label() {
    return "Reduce " + kind + axes;
  }
}

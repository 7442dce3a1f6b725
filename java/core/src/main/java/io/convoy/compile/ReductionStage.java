// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Reduce;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of neighbouring axes that a {@link Reduce} sums over: y {@code [outer, inner]} = factor
 * times the sum of x {@code [outer, reduced, inner]} over its middle.
 *
 * @param outer elements in front of the run
 * @param reduced elements of the run
 * @param inner elements behind the run
 * @param factor 1, or 1 / reduced for a mean
 * @param result shape of y, of x's rank, with 1 for what is reduced
 */
public record ReductionStage(int outer, int reduced, int inner, float factor, Shape result) {
  /**
   * Splits a reduction into stages, each of which reads what the one before made.
   *
   * @param op the reduction
   * @param x shape of its input
   * @return the stages, the innermost run first; none if nothing is reduced
   */
  public static List<ReductionStage> of(Reduce op, Shape x) {
    List<ReductionStage> stages = new ArrayList<>();
    int[] dims = x.dims();
    for (int end = x.rank(); end > 0; end--) {
      int begin = end;
      while (begin > 0 && op.axes().contains(begin - 1)) {
        begin--;
      }
      if (begin < end) {
        stages.add(stage(op, dims, begin, end));
        end = begin;
      }
    }
    return stages;
  }

  private static ReductionStage stage(Reduce op, int[] dims, int begin, int end) {
    int outer = product(dims, 0, begin);
    int reduced = product(dims, begin, end);
    int inner = product(dims, end, dims.length);
    for (int axis = begin; axis < end; axis++) {
      dims[axis] = 1;
    }
    float factor = op.kind() == Reduce.Kind.MEAN ? 1f / reduced : 1;
    return new ReductionStage(outer, reduced, inner, factor, Shape.of(dims));
  }

  private static int product(int[] dims, int from, int to) {
    int product = 1;
    for (int axis = from; axis < to; axis++) {
      product *= dims[axis];
    }
    return product;
  }
}

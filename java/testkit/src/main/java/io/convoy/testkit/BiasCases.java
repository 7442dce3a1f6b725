// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The bias and its gradient. */
final class BiasCases {
  private static final int[][] SHAPES = {
    {5}, {1, 1}, {4, 10}, {3, 17}, {2, 3, 5}, {2, 5, 4, 3}, {1, 7, 7, 16}, {3, 2, 2, 1}, {300, 33},
  };

  private BiasCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      Shape x = Shape.of(shape);
      cases.add(
          OpCase.smooth(
              "bias/" + x,
              Tolerance.elementwise(),
              s -> s.op(new BiasAdd(), s.input(Data.UNIT, shape), s.input(Data.UNIT, x.dim(-1)))));
      cases.add(
          OpCase.of(
              "bias gradient/" + x,
              Tolerance.sum(x.elements() / x.dim(-1)),
              s -> s.op(new BiasAddGrad(), s.fixed(Data.UNIT, shape))));
    }
    return cases;
  }
}

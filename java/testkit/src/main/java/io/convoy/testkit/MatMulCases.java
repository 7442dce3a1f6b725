// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.MatMul;
import java.util.ArrayList;
import java.util.List;

/** The matrix product. */
final class MatMulCases {
  /** Rows, inner size, columns: 1, odd, one register block and just beyond, dense layers. */
  private static final int[][] SIZES = {
    {1, 1, 1},
    {3, 5, 7},
    {16, 16, 16},
    {17, 31, 33},
    {1, 128, 10},
    {64, 1, 9},
    {13, 64, 1},
    {65, 129, 67},
  };

  private MatMulCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        for (int[] size : SIZES) {
          cases.add(product(new MatMul(ta, tb), size[0], size[1], size[2]).smooth());
        }
      }
    }
    // The workshop's first dense layer: forward, by its weights, by its input.
    cases.add(product(new MatMul(false, false), 8, 1600, 1024));
    cases.add(product(new MatMul(true, false), 1600, 8, 1024));
    cases.add(product(new MatMul(false, true), 8, 1024, 1600));
    cases.add(
        OpCase.smooth(
            "matmul/with itself",
            Tolerance.sum(6),
            s -> {
              var a = s.input(Data.UNIT, 5, 6);
              return s.op(new MatMul(false, true), a, a);
            }));
    cases.add(
        OpCase.of(
            "matmul/outliers",
            Tolerance.sum(100).times(100, "terms up to 400 cancel"),
            s ->
                s.op(
                    new MatMul(false, false),
                    s.fixed(Data.outliers(), 9, 100),
                    s.fixed(Data.outliers(), 100, 11))));
    return cases;
  }

  private static OpCase product(MatMul op, int m, int k, int n) {
    int[] a = op.transposeA() ? new int[] {k, m} : new int[] {m, k};
    int[] b = op.transposeB() ? new int[] {n, k} : new int[] {k, n};
    return OpCase.of(
        "matmul/" + op.label() + " " + m + "x" + k + "x" + n,
        Tolerance.sum(k),
        s -> s.op(op, s.input(Data.UNIT, a), s.input(Data.UNIT, b)));
  }
}

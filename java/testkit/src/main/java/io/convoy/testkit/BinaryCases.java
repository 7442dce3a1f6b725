// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Binary;
import io.convoy.ops.Binary.Kind;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Functions of two tensors. */
final class BinaryCases {
  private static final int[] SCALAR = {};

  /** Pairs of shapes that broadcast: none, scalars, rows, columns, both ways, missing axes. */
  private static final int[][][] SHAPES = {
    {{3, 4}, {3, 4}},
    {{2, 4, 4, 8}, {2, 4, 4, 8}},
    {SCALAR, SCALAR},
    {{3, 5}, SCALAR},
    {SCALAR, {3, 5}},
    {{5}, {1}},
    {{4, 7}, {7}},
    {{7}, {4, 7}},
    {{4, 7}, {4, 1}},
    {{4, 1}, {4, 7}},
    {{3, 1}, {1, 4}},
    {{2, 3, 4}, {3, 1}},
    {{2, 1, 4, 1}, {3, 1, 5}},
    {{2, 3, 4, 5}, {5}},
    {{2, 3, 4, 5}, {2, 1, 1, 5}},
    {{2, 3, 4, 5}, {2, 3, 4, 1}},
    {{1, 1, 1, 3}, {2, 4, 5, 3}},
  };

  private BinaryCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int[][] pair : SHAPES) {
        cases.add(broadcast(kind, pair[0], pair[1]));
      }
      cases.add(
          OpCase.of(
              "binary/" + kind + " with itself",
              tolerance(kind),
              s -> {
                var x = s.fixed(Data.awayFromZero(), 3, 5);
                return s.op(new Binary(kind), x, x);
              }));
      cases.add(value(kind, "70001 elements", Data.UNIT, Data.awayFromZero(), 70001));
    }
    for (Kind kind : List.of(Kind.MAXIMUM, Kind.MINIMUM, Kind.GREATER_EQUAL)) {
      cases.add(value(kind, "ties", Data.ties(3), Data.ties(3), 50));
    }
    Data zeros = Data.of(0, 1, -1, 0);
    cases.add(value(Kind.DIVIDE, "by 0", zeros, Data.of(0), 4));
    Data withNan = Data.of(Float.NaN, 1, 2);
    cases.add(value(Kind.GREATER_EQUAL, "NaN is not", withNan, Data.of(1, Float.NaN, 2), 3));
    return cases;
  }

  private static OpCase broadcast(Kind kind, int[] a, int[] b) {
    String name = "binary/" + kind + " " + Shape.of(a) + " " + Shape.of(b);
    if (kind == Kind.GREATER_EQUAL) {
      return OpCase.of(
          name,
          tolerance(kind),
          s -> s.op(new Binary(kind), s.fixed(Data.UNIT, a), s.fixed(Data.UNIT, b)));
    }
    // Away from 0 for the divisor, away from a's numbers for MAXIMUM and MINIMUM.
    Data second =
        kind == Kind.MAXIMUM || kind == Kind.MINIMUM
            ? Data.mapped(Data.distinct(), x -> 0.9 * x + 0.0123)
            : Data.awayFromZero();
    return OpCase.smooth(
        name,
        tolerance(kind),
        s -> s.op(new Binary(kind), s.input(Data.distinct(), a), s.input(second, b)));
  }

  private static OpCase value(Kind kind, String what, Data a, Data b, int size) {
    return OpCase.of(
        "binary/" + kind + " " + what,
        tolerance(kind),
        s -> s.op(new Binary(kind), s.fixed(a, size), s.fixed(b, size)));
  }

  /** IEEE 754 prescribes all but division, which fast kernels replace by a reciprocal. */
  private static Tolerance tolerance(Kind kind) {
    return kind == Kind.DIVIDE ? Tolerance.elementwise() : Tolerance.exact();
  }
}

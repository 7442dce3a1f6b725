// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxGrad;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Softmax, its logarithm, and their gradients. */
final class SoftmaxCases {
  private static final int[][] SHAPES = {{4, 10}, {7}, {3, 1}, {1, 17}, {2, 3, 5}, {2, 2, 3, 8}};

  private SoftmaxCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (boolean log : new boolean[] {false, true}) {
      for (int[] shape : SHAPES) {
        cases.add(
            OpCase.smooth(
                name(log, "", shape),
                tolerance(log),
                s -> s.op(new Softmax(log), s.input(Data.UNIT, shape))));
        cases.add(gradient(log, shape));
      }
      cases.add(value(log, " outliers", Data.outliers(), 5, 10));
      cases.add(value(log, " up to 80", Data.uniform(-80, 80), 5, 10));
      cases.add(value(log, " beyond e^x of a float", Data.of(1000, 0, -1000, 999), 3, 5));
      cases.add(value(log, " all equal", Data.of(3), 2, 9));
      cases.add(
          value(log, " one masked by -infinity", Data.of(1, Float.NEGATIVE_INFINITY, 2), 2, 3));
      cases.add(value(log, " many classes", Data.UNIT, 3, 1000));
      cases.add(value(log, " many rows", Data.UNIT, 1000, 10));
      cases.add(gradient(log, 3, 1000));
    }
    return cases;
  }

  private static OpCase value(boolean log, String what, Data data, int... shape) {
    return OpCase.of(
        name(log, what, shape), tolerance(log), s -> s.op(new Softmax(log), s.fixed(data, shape)));
  }

  private static OpCase gradient(boolean log, int... shape) {
    int classes = shape[shape.length - 1];
    Data p = Data.distributions(classes);
    Data y = log ? Data.mapped(p, x -> Math.log(x + 1e-6)) : p;
    return OpCase.of(
        name(log, " gradient", shape),
        Tolerance.sum(classes),
        s -> s.op(new SoftmaxGrad(log), s.fixed(y, shape), s.fixed(Data.UNIT, shape)));
  }

  /** Probabilities are at most 1 and may be small, so 1e-5 would allow them anything. */
  private static Tolerance tolerance(boolean log) {
    return log
        ? Tolerance.elementwise()
        : new Tolerance(1e-6, 1e-5, "x - max, up to 160, is rounded to 1e-5 before e^");
  }

  private static String name(boolean log, String what, int... shape) {
    return (log ? "log-softmax/" : "softmax/") + Shape.of(shape) + what;
  }
}

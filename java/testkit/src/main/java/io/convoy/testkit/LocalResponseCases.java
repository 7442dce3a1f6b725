// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Local response normalisation across channels, and its gradient. */
final class LocalResponseCases {
  /** Below, at and above the channels that vectors and windows take. */
  private static final int[][] SHAPES = {
    {2, 3, 4, 1}, {2, 4, 3, 3}, {1, 5, 3, 8}, {2, 3, 3, 16}, {3, 2, 4, 17}, {2, 4, 3, 32}
  };

  private static final List<LocalResponseNormalization> OPS =
      List.of(
          new LocalResponseNormalization(5, 1, 1, 0.5f), // TensorFlow's defaults
          new LocalResponseNormalization(2, 2, 1e-4f, 0.75f), // AlexNet's constants
          new LocalResponseNormalization(2, 1, 0.5f, 0.75f),
          new LocalResponseNormalization(1, 0.5f, 2, 1.5f),
          new LocalResponseNormalization(2, 2, 0, 0.75f),
          new LocalResponseNormalization(0, 1, 1, 0.5f),
          new LocalResponseNormalization(40, 1, 0.3f, 1),
          new LocalResponseNormalization(Integer.MAX_VALUE, 1, 0.3f, 1));

  private LocalResponseCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (LocalResponseNormalization op : OPS) {
      for (int[] shape : SHAPES) {
        cases.add(
            OpCase.smooth(
                name("", op, shape),
                tolerance(op, shape),
                s -> s.op(op, s.input(Data.UNIT, shape))));
        cases.add(gradient(op, "", Data.UNIT, shape));
      }
      int[] large = {3, 13, 13, 96};
      cases.add(value(op, " large", Data.UNIT, large));
      cases.add(gradient(op, " large", Data.UNIT, large));
      cases.add(value(op, " outliers", Data.outliers(), 2, 3, 3, 24));
      cases.add(gradient(op, " outliers", Data.outliers(), 2, 3, 3, 24));
      cases.add(gradient(op, " of zeros", Data.of(0), 2, 3, 3, 8));
    }
    return cases;
  }

  private static OpCase value(LocalResponseNormalization op, String what, Data data, int... shape) {
    return OpCase.of(
        name(what, op, shape), tolerance(op, shape), s -> s.op(op, s.fixed(data, shape)));
  }

  private static OpCase gradient(
      LocalResponseNormalization op, String what, Data data, int... shape) {
    return OpCase.of(
        name(" gradient" + what, op, shape),
        tolerance(op, shape),
        s ->
            s.op(
                new LocalResponseNormalizationGrad(op),
                s.fixed(data, shape),
                s.fixed(Data.UNIT, shape)));
  }

  private static Tolerance tolerance(LocalResponseNormalization op, int... shape) {
    return Tolerance.sum(2L * op.depthRadius(shape[3]) + 1);
  }

  private static String name(String what, LocalResponseNormalization op, int... shape) {
    String settings =
        String.join(
            " ",
            "radius " + op.depthRadius(),
            "bias " + op.bias(),
            "alpha " + op.alpha(),
            "beta " + op.beta());
    return "local response/" + Shape.of(shape) + " " + settings + what;
  }
}

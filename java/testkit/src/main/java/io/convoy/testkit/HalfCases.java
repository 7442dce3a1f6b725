// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.ops.Cast;
import io.convoy.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Cases of ops whose tensors are stored in 16 bits: the catalogue's own, with casts around them.
 */
final class HalfCases {
  /** Vectors beside images and matrices, such as a bias, stay FLOAT32. */
  private static final int MATRIX = 2;

  private HalfCases() {}

  static List<OpCase> all(DType type) {
    List<OpCase> cases = new ArrayList<>();
    cases.addAll(casts(type));
    cases.addAll(FilterCases.all(type));
    for (List<OpCase> family :
        List.of(
            ConvolutionCases.all(),
            MatMulCases.all(),
            BiasCases.all(),
            PoolingCases.all(),
            BatchNormCases.all(),
            BiasFusionCases.all(type),
            PoolFusionCases.all(type),
            BatchNormFusionCases.all(type),
            GatherCases.all(type),
            LocalResponseCases.all())) {
      family.stream().filter(HalfCases::fits).forEach(c -> cases.add(stored(c, type, MATRIX)));
    }
    for (List<OpCase> family :
        List.of(ActivationCases.all(), BinaryCases.all(), LayoutCases.all(), DropoutCases.all())) {
      family.stream().filter(HalfCases::fits).forEach(c -> cases.add(stored(c, type, 0)));
    }
    return cases;
  }

  /** Some hold ops that take FLOAT32 alone, and large ones take an emulator long. */
  private static boolean fits(OpCase c) {
    return !c.name().endsWith(" large")
        && !c.name().startsWith("layout/")
        && !c.name().equals("reshape/class numbers");
  }

  private static OpCase stored(OpCase c, DType type, int rank) {
    Function<Scene, List<Value>> body =
        s -> {
          s.store(type, rank);
          return c.body().apply(s).stream().map(v -> widened(s, v)).toList();
        };
    return OpCase.of(c.name() + " of " + type, c.tolerance().stored(type), body).runs(c.runs());
  }

  private static Value widened(Scene s, Value v) {
    return v.dtype().isHalf() ? s.op(new Cast(DType.FLOAT32), v).get(0) : v;
  }

  private static List<OpCase> casts(DType type) {
    Data corners =
        Data.of(
            0,
            -0f,
            1,
            1 + 0x1p-8f,
            1 + 0x1p-11f,
            1 + 3 * 0x1p-8f,
            1 + 3 * 0x1p-11f,
            65504,
            65519,
            65520,
            -65520,
            1e-7f,
            0x1p-24f,
            0x1p-25f,
            -3e-8f,
            1e-40f,
            3.3e38f,
            3.4e38f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN);
    List<OpCase> cases = new ArrayList<>();
    for (int size : new int[] {1, 7, 8, 21, 1031, 70001}) {
      cases.add(cast("of " + size, type, corners, size));
      cases.add(cast("outliers, " + size, type, Data.outliers(), size));
    }
    cases.add(
        OpCase.of(
            "cast/several to " + type,
            Tolerance.exact(),
            s -> {
              Value[] x = {
                s.fixed(Data.UNIT, 3), s.fixed(corners, 70001), s.variable(Data.UNIT, 2, 8)
              };
              List<Value> made = new ArrayList<>(s.op(new Cast(type), x));
              made.replaceAll(v -> widened(s, v));
              return made;
            }));
    return cases;
  }

  private static OpCase cast(String what, DType type, Data data, int size) {
    return OpCase.of(
        "cast/" + what + " to " + type,
        Tolerance.exact(),
        s -> List.of(widened(s, s.op(new Cast(type), s.fixed(data, size)).get(0))));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Padding;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.PoolSpec.Kind;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Pooling and its gradient. */
final class PoolingCases {
  private PoolingCases() {}

  /** A window and an image. */
  record Geometry(
      String what, int h, int w, int strideH, int strideW, Padding padding, int... image) {
    PoolSpec spec(Kind kind) {
      return new PoolSpec(kind, h, w, strideH, strideW, padding);
    }
  }

  static final List<Geometry> GEOMETRIES =
      List.of(
          new Geometry("2x2", 2, 2, 2, 2, Padding.VALID, 2, 6, 4, 3),
          new Geometry("2x2 leaves a rest", 2, 2, 2, 2, Padding.VALID, 3, 7, 5, 2),
          new Geometry("3x3 overlapping", 3, 3, 1, 1, Padding.VALID, 2, 6, 5, 3),
          new Geometry("3x3 stride 2 overlapping", 3, 3, 2, 2, Padding.VALID, 2, 7, 8, 3),
          new Geometry("2x2 same stride 1", 2, 2, 1, 1, Padding.SAME, 2, 4, 5, 3),
          new Geometry("3x3 same stride 2 even", 3, 3, 2, 2, Padding.SAME, 2, 6, 6, 3),
          new Geometry("3x3 same stride 2 odd", 3, 3, 2, 2, Padding.SAME, 2, 5, 7, 3),
          new Geometry("2x2 same odd image", 2, 2, 2, 2, Padding.SAME, 1, 5, 7, 2),
          new Geometry("5x5 same beyond the image", 5, 5, 1, 1, Padding.SAME, 2, 3, 2, 3),
          new Geometry("stride above window", 2, 2, 3, 3, Padding.VALID, 2, 8, 7, 3),
          new Geometry("stride above window same", 2, 2, 3, 3, Padding.SAME, 2, 8, 7, 3),
          new Geometry("3x2 window stride 1x2", 3, 2, 1, 2, Padding.VALID, 2, 6, 7, 3),
          new Geometry("1x3 window", 1, 3, 1, 2, Padding.SAME, 2, 4, 6, 3),
          new Geometry("1x1", 1, 1, 1, 1, Padding.VALID, 2, 3, 3, 4),
          new Geometry("1x1 stride 2", 1, 1, 2, 2, Padding.VALID, 2, 5, 4, 4),
          new Geometry("explicit", 3, 3, 2, 2, Padding.explicit(1, 1, 1, 1), 2, 5, 6, 3),
          new Geometry("explicit asymmetric", 3, 4, 2, 1, Padding.explicit(2, 0, 1, 3), 2, 5, 6, 3),
          new Geometry("global", 5, 6, 5, 6, Padding.VALID, 3, 5, 6, 4),
          new Geometry("1 channel batch 1", 2, 2, 2, 2, Padding.VALID, 1, 6, 6, 1),
          new Geometry("8 channels", 2, 2, 2, 2, Padding.SAME, 3, 5, 5, 8),
          new Geometry("16 channels", 3, 3, 2, 2, Padding.SAME, 2, 6, 5, 16),
          new Geometry("17 channels", 2, 2, 2, 2, Padding.VALID, 3, 4, 4, 17));

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Geometry g : GEOMETRIES) {
        cases.add(
            OpCase.smooth(
                name("pool", kind, g, ""),
                tolerance(kind, g),
                s -> s.op(new Pool2D(g.spec(kind)), s.input(Data.distinct(), g.image()))));
        addGradient(cases, kind, g, "", Data.distinct());
        // Many equals: the gradient goes to the first. With a kernel that pads by 0, a window of
        // negative (for MIN positive) numbers takes the padding.
        addBoth(cases, kind, g, " ties", Data.ties(3));
        addBoth(cases, kind, g, " negative", Data.uniform(-2, -1));
        addBoth(cases, kind, g, " positive", Data.uniform(1, 2));
      }
    }
    return cases;
  }

  private static void addBoth(List<OpCase> cases, Kind kind, Geometry g, String what, Data data) {
    cases.add(
        OpCase.of(
            name("pool", kind, g, what),
            tolerance(kind, g),
            s -> s.op(new Pool2D(g.spec(kind)), s.fixed(data, g.image()))));
    addGradient(cases, kind, g, what, data);
  }

  private static void addGradient(
      List<OpCase> cases, Kind kind, Geometry g, String what, Data data) {
    TensorSpec y = new Pool2D(g.spec(kind)).infer(List.of(TensorSpec.f32(g.image()))).get(0);
    cases.add(
        OpCase.of(
            name("pool gradient", kind, g, what),
            Tolerance.sum((long) g.h() * g.w()),
            s -> {
              var x = s.fixed(data, g.image());
              var pooled = s.op(new Pool2D(g.spec(kind)), x).get(0);
              var dy = s.fixed(Data.UNIT, y.shape().dims());
              return s.op(new Pool2DGrad(g.spec(kind)), x, pooled, dy);
            }));
  }

  private static Tolerance tolerance(Kind kind, Geometry g) {
    return kind == Kind.AVERAGE ? Tolerance.sum((long) g.h() * g.w()) : Tolerance.exact();
  }

  private static String name(String family, Kind kind, Geometry g, String what) {
    return family + "/" + kind + " " + g.what() + what;
  }
}

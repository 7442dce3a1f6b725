// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Reduce;
import io.convoy.ops.Reduce.Kind;
import io.convoy.ops.ReduceGrad;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sums and means over every subset of axes, and the norm. */
final class ReductionCases {
  private static final int[][] SHAPES = {{}, {7}, {3, 5}, {2, 3, 4}, {2, 3, 4, 5}, {3, 1, 2, 17}};

  private ReductionCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      for (int subset = 0; subset < 1 << shape.length; subset++) {
        int bits = subset;
        List<Integer> axes =
            IntStream.range(0, shape.length).filter(a -> (bits >> a & 1) == 1).boxed().toList();
        addAll(cases, axes, shape);
      }
    }
    addAll(cases, List.of(0), 1000, 3);
    addAll(cases, List.of(1), 3, 1000);
    addAll(cases, List.of(0, 1), 50, 67);
    addLarge(cases);
    addNorms(cases);
    return cases;
  }

  private static void addAll(List<OpCase> cases, List<Integer> axes, int... shape) {
    for (Kind kind : Kind.values()) {
      for (boolean keepDims : new boolean[] {false, true}) {
        add(cases, new Reduce(kind, axes, keepDims), shape);
      }
    }
  }

  private static void add(List<OpCase> cases, Reduce op, int... shape) {
    TensorSpec y = op.infer(List.of(TensorSpec.f32(shape))).get(0);
    long terms = Shape.of(shape).elements() / y.shape().elements();
    String name = op.kind() + " " + Shape.of(shape) + " over " + op.axes();
    String kept = op.keepDims() ? " kept" : "";
    cases.add(
        OpCase.smooth(
            "reduce/" + name + kept,
            Tolerance.sum(terms),
            s -> s.op(op, s.input(Data.UNIT, shape))));
    cases.add(
        OpCase.of(
            "reduce gradient/" + name + kept,
            Tolerance.elementwise(),
            s ->
                s.op(
                    new ReduceGrad(op),
                    s.fixed(Data.UNIT, y.shape().dims()),
                    s.fixed(Data.UNIT, shape))));
  }

  /** What is shared out: few long rows, several matrices, more columns than a block takes. */
  private static void addLarge(List<OpCase> cases) {
    for (int[] shape : new int[][] {{2, 5000}, {3, 700, 5}, {1, 300, 1100}, {2, 90, 1100}}) {
      Reduce op = new Reduce(Kind.MEAN, List.of(1), false);
      cases.add(
          OpCase.of(
              "reduce/large " + Shape.of(shape),
              Tolerance.sum(shape[1]),
              s -> s.op(op, s.fixed(Data.UNIT, shape))));
    }
  }

  private static void addNorms(List<OpCase> cases) {
    cases.add(norm("one", Data.UNIT, new int[] {5, 7}));
    cases.add(norm("several", Data.UNIT, new int[] {3, 3, 2, 5}, new int[] {17}, new int[] {}));
    cases.add(norm("large and small", Data.of(1000, 1e-3f), new int[] {33}, new int[] {9}));
    cases.add(norm("zeros", Data.of(0), new int[] {33}, new int[] {2}));
    cases.add(norm("long", Data.UNIT, new int[] {70001}, new int[] {300, 33}));
  }

  private static OpCase norm(String what, Data data, int[]... shapes) {
    return OpCase.of(
        "global norm/" + what,
        Tolerance.sum(100),
        s -> {
          Value[] tensors =
              IntStream.range(0, shapes.length)
                  .mapToObj(i -> s.fixed(data, shapes[i]))
                  .toArray(Value[]::new);
          return s.op(new GlobalNorm(), tensors);
        });
  }
}

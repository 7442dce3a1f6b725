// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Batch normalisation. */
final class BatchNormCases {
  private static final int[][] SHAPES = {
    {8, 5}, {2, 3, 4, 3}, {3, 5, 5, 1}, {4, 1}, {1, 7, 6, 16}, {3, 3, 3, 17}, {33, 10},
  };

  private static final float EPSILON = 1e-3f;
  private static final Data GAMMA = Data.uniform(0.5f, 1.5f);
  private static final Data VARIANCE = Data.uniform(0.3f, 2);

  private BatchNormCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      Tolerance sum = Tolerance.sum(Shape.of(shape).elements() / shape[shape.length - 1]);
      cases.add(
          OpCase.smooth(name("batch", shape), sum, s -> forward(s, EPSILON, Data.UNIT, shape)));
      cases.add(OpCase.of(name("gradient", shape), sum, s -> gradient(s, Data.UNIT, shape)));
      cases.add(
          OpCase.smooth(
              name("inference", shape), Tolerance.elementwise(), s -> inference(s, shape)));
      cases.add(
          OpCase.of(name("inference gradient", shape), sum, s -> inferenceGradient(s, shape)));
    }
    int[] tall = {900, 3};
    Tolerance sum = Tolerance.sum(tall[0]);
    cases.add(OpCase.of(name("batch", tall), sum, s -> forward(s, EPSILON, Data.UNIT, tall)));
    cases.add(OpCase.of(name("gradient", tall), sum, s -> gradient(s, Data.UNIT, tall)));
    addCorners(cases, 4, 5, 6, 3);
    addCorners(cases, 60, 3);
    cases.add(
        OpCase.smooth(
            "batch norm/statistics not read",
            Tolerance.sum(18),
            s -> forward(s, EPSILON, Data.UNIT, 2, 3, 3, 4).subList(0, 1)));
    return cases;
  }

  private static void addCorners(List<OpCase> cases, int... shape) {
    long terms = Shape.of(shape).elements() / shape[shape.length - 1];
    Tolerance sum = Tolerance.sum(terms);
    int channels = shape[shape.length - 1];
    // Channel 0 is constant: y = beta, whatever gamma, and x - mean cancels to exactly 0.
    Data constant = Data.each((i, draws) -> i % channels == 0 ? 2 : draws.uniform());
    // E[x^2] - E[x]^2 in float would be off by 0.06 here, where the variance is 1/3.
    Data largeMean = Data.uniform(999, 1001);
    Tolerance wide =
        new Tolerance(2e-3, 1e-5, "a float sum of 100 thousands is off by 0.03, the mean by 3e-4");
    Tolerance wider = wide.times(10, "all terms of the sums over dy (x - mean) are off alike");
    for (float epsilon : new float[] {EPSILON, 1e-5f}) {
      String of = " epsilon " + epsilon;
      // Dividing by sqrt(1e-5) magnifies the rounding of a mean near 2 by 316.
      Tolerance zero = sum.times(10, "divided by sqrt(epsilon), down to 0.003");
      cases.add(
          OpCase.of(
              name("zero variance" + of, shape), zero, s -> forward(s, epsilon, constant, shape)));
      cases.add(
          OpCase.of(
              name("large mean" + of, shape), wide, s -> forward(s, epsilon, largeMean, shape)));
    }
    cases.add(
        OpCase.of(name("gradient, zero variance", shape), sum, s -> gradient(s, constant, shape)));
    cases.add(
        OpCase.of(name("gradient, large mean", shape), wider, s -> gradient(s, largeMean, shape)));
    int[] one = shape.clone();
    for (int axis = 0; axis < one.length - 1; axis++) {
      one[axis] = 1;
    }
    cases.add(
        OpCase.of(
            name("one element a channel", one), sum, s -> forward(s, EPSILON, Data.UNIT, one)));
    cases.add(
        OpCase.of(
            name("gradient, one element a channel", one), sum, s -> gradient(s, Data.UNIT, one)));
  }

  private static List<Value> forward(Scene s, float epsilon, Data data, int... shape) {
    int channels = shape[shape.length - 1];
    Value x = s.input(data, shape);
    Value gamma = s.input(GAMMA, channels);
    return s.op(new BatchNorm(epsilon), x, gamma, s.input(Data.UNIT, channels));
  }

  /** Fed with the statistics that the forward pass makes, as in training. */
  private static List<Value> gradient(Scene s, Data data, int... shape) {
    int channels = shape[shape.length - 1];
    Value x = s.fixed(data, shape);
    Value gamma = s.fixed(GAMMA, channels);
    List<Value> forward = s.op(new BatchNorm(EPSILON), x, gamma, s.fixed(Data.UNIT, channels));
    Value dy = s.fixed(Data.UNIT, shape);
    BatchNormGrad op = new BatchNormGrad(EPSILON, false);
    return s.op(op, x, dy, gamma, forward.get(1), forward.get(2));
  }

  private static List<Value> inference(Scene s, int... shape) {
    int channels = shape[shape.length - 1];
    Value x = s.input(Data.UNIT, shape);
    Value gamma = s.input(GAMMA, channels);
    Value beta = s.input(Data.UNIT, channels);
    Value mean = s.fixed(Data.UNIT, channels);
    return s.op(new BatchNormInference(EPSILON), x, gamma, beta, mean, s.fixed(VARIANCE, channels));
  }

  private static List<Value> inferenceGradient(Scene s, int... shape) {
    int channels = shape[shape.length - 1];
    Value x = s.fixed(Data.UNIT, shape);
    Value dy = s.fixed(Data.UNIT, shape);
    Value gamma = s.fixed(GAMMA, channels);
    Value mean = s.fixed(Data.UNIT, channels);
    return s.op(new BatchNormGrad(EPSILON, true), x, dy, gamma, mean, s.fixed(VARIANCE, channels));
  }

  private static String name(String what, int... shape) {
    return "batch norm/" + what + " " + Shape.of(shape);
  }
}

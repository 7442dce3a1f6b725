// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.Assign;
import io.convoy.ops.LossScaling;
import io.convoy.ops.ScheduledRate;
import io.convoy.ops.Update;
import io.convoy.ops.UpdateRule;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What changes variables, over several steps. */
final class UpdateCases {
  private static final int STEPS = 4;

  private static final List<UpdateRule> RULES =
      List.of(
          new UpdateRule.Sgd(0, false, 0),
          new UpdateRule.Sgd(0, false, 0.1f),
          new UpdateRule.Sgd(0.9f, false, 0),
          new UpdateRule.Sgd(0.9f, true, 0),
          new UpdateRule.Sgd(0.9f, true, 0.1f),
          new UpdateRule.Adam(0.9f, 0.999f, 1e-7f, 0),
          new UpdateRule.Adam(0.8f, 0.99f, 1e-3f, 0.1f),
          new UpdateRule.RmsProp(0.9f, 0, 1e-7f, 0),
          new UpdateRule.RmsProp(0.9f, 0.9f, 1e-7f, 0),
          new UpdateRule.RmsProp(0.8f, 0.5f, 1e-3f, 0.1f),
          new UpdateRule.Averaged(new UpdateRule.Sgd(0, false, 0.1f), 0.75f),
          new UpdateRule.Averaged(new UpdateRule.Adam(0.8f, 0.99f, 1e-3f, 0.1f), 0.9f));

  private static final int[][] SHAPES = {{1}, {33}, {3, 3, 2, 5}};

  private UpdateCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (UpdateRule rule : RULES) {
      for (int[] shape : SHAPES) {
        cases.add(update(rule, " " + Shape.of(shape), 0, Data.UNIT, shape));
      }
      cases.add(update(rule, " several parameters", 0, Data.UNIT, SHAPES));
      cases.add(update(rule, " after 1000 steps", 1000, Data.UNIT, SHAPES));
      cases.add(update(rule, " gradient 0", 0, Data.of(0), new int[] {9}));
      cases.add(update(rule, " outliers", 0, Data.outliers(), new int[] {99}));
      cases.add(joined(rule));
      cases.add(update(rule, " large", 0, Data.UNIT, new int[] {70001}));
    }
    addSkips(cases);
    addScalings(cases);
    addRates(cases);
    addAssigns(cases);
    return cases;
  }

  private static OpCase update(
      UpdateRule rule, String what, int from, Data gradient, int[]... shapes) {
    return OpCase.of(
            "update/" + rule + what,
            Tolerance.elementwise(),
            s -> {
              Value[] scalars = scalars(s, from);
              List<Value> inputs = new ArrayList<>(List.of(scalars));
              for (int[] shape : shapes) {
                inputs.addAll(parameter(s, rule, gradient, shape));
              }
              Value[] all = inputs.toArray(Value[]::new);
              return List.of(s.op(new Update(rule), all).get(0), step(s, scalars[1]));
            })
        .runs(STEPS);
  }

  /** Updates that the compiler may join into one; the last shares no scale with the others. */
  private static OpCase joined(UpdateRule rule) {
    return OpCase.of(
            "update/" + rule + " joined",
            Tolerance.elementwise(),
            s -> {
              Value[] scalars = scalars(s, 0);
              List<Value> tokens = new ArrayList<>();
              for (int[] shape : SHAPES) {
                List<Value> inputs = new ArrayList<>(List.of(scalars));
                inputs.addAll(parameter(s, rule, Data.UNIT, shape));
                tokens.addAll(s.op(new Update(rule), inputs.toArray(Value[]::new)));
              }
              List<Value> other = new ArrayList<>(List.of(scalars));
              other.set(2, s.fixed(Data.of(0.5f)));
              other.addAll(parameter(s, rule, Data.UNIT, 17));
              tokens.addAll(s.op(new Update(rule), other.toArray(Value[]::new)));
              tokens.add(step(s, scalars[1]));
              return List.of(Nn.group(tokens));
            })
        .runs(STEPS);
  }

  /** Learning rate, iterations and gradient scale. */
  private static Value[] scalars(Scene s, int iterations) {
    Value rate = s.variable(Data.of(0.01f));
    return new Value[] {rate, s.iterations(iterations), s.fixed(Data.of(0.75f))};
  }

  private static List<Value> parameter(Scene s, UpdateRule rule, Data gradient, int... shape) {
    List<Value> tensors = new ArrayList<>();
    tensors.add(s.variable(Data.UNIT, shape));
    tensors.add(s.fixed(gradient, shape));
    for (int slot = 0; slot < rule.slots(); slot++) {
      tensors.add(s.variable(Data.of(0), shape));
    }
    return tensors;
  }

  private static Value step(Scene s, Value iterations) {
    return Nn.assignAdd(iterations, s.graph().constant("one", Tensor.of(new int[] {1})));
  }

  /** A gradient scale of 0 leaves everything as it is, infinite gradients too. */
  private static void addSkips(List<OpCase> cases) {
    for (UpdateRule rule : RULES) {
      cases.add(
          OpCase.of(
              "update/" + rule + " skipped",
              Tolerance.exact(),
              s -> {
                Value[] scalars = scalars(s, 0);
                List<Value> inputs = new ArrayList<>(List.of(scalars[0], scalars[1]));
                inputs.add(s.fixed(Data.of(0)));
                inputs.addAll(parameter(s, rule, Data.of(Float.POSITIVE_INFINITY, 1), 33));
                return s.op(new Update(rule), inputs.toArray(Value[]::new));
              }));
    }
  }

  /** The scale grows, stays, or halves, by the norm of each run. */
  private static void addScalings(List<OpCase> cases) {
    float[] norms = {8, 0, 1e-30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NaN};
    for (float norm : norms) {
      for (float scale : new float[] {4, LossScaling.LEAST, 0x1p127f}) {
        for (float clip : new float[] {0, 0.5f}) {
          cases.add(
              OpCase.of(
                      "loss scaling/norm " + norm + ", scale " + scale + ", clip " + clip,
                      new Tolerance(0, 1.3e-6, "a few roundings"),
                      s -> scaling(s, norm, scale, clip))
                  .runs(STEPS));
        }
      }
    }
  }

  private static List<Value> scaling(Scene s, float norm, float first, float clip) {
    Value scale = s.variable(Data.of(first));
    Value goodSteps = s.variable(Data.of(0));
    Value[] inputs = {s.fixed(Data.of(norm)), scale, goodSteps};
    List<Value> made = s.op(new LossScaling(2, clip), inputs);
    Value next = Nn.assign(scale, made.get(1));
    return List.of(made.get(0), made.get(3), next, Nn.assign(goodSteps, made.get(2)));
  }

  private static void addRates(List<OpCase> cases) {
    List<Schedule> schedules =
        List.of(
            new Schedule.Constant(),
            new Schedule.StepDecay(10, 0.5f),
            new Schedule.ExponentialDecay(10, 0.5f),
            new Schedule.CosineDecay(10, 0.1f),
            new Schedule.WarmUp(10, new Schedule.StepDecay(5, 0.5f)));
    for (Schedule schedule : schedules) {
      for (int from : new int[] {0, 8, 13, 1000}) {
        cases.add(
            OpCase.of(
                    "rate/" + schedule + " from " + from,
                    Tolerance.elementwise(),
                    s -> {
                      Value iterations = s.iterations(from);
                      ScheduledRate op = new ScheduledRate(schedule);
                      Value rate = s.op(op, s.variable(Data.of(0.1f)), iterations).get(0);
                      return List.of(rate, step(s, iterations));
                    })
                .runs(STEPS));
      }
    }
  }

  /** Written as one, and apart so that the compiler may join them; the last has other factors. */
  private static void addJoinedAssigns(List<OpCase> cases, Assign op) {
    cases.add(
        OpCase.of(
                "assign/" + op + " several variables",
                Tolerance.elementwise(),
                s -> {
                  List<Value> inputs = new ArrayList<>();
                  for (int[] shape : SHAPES) {
                    inputs.addAll(List.of(s.variable(Data.UNIT, shape), s.fixed(Data.UNIT, shape)));
                  }
                  return s.op(op, inputs.toArray(Value[]::new));
                })
            .runs(STEPS));
    cases.add(
        OpCase.of(
                "assign/" + op + " joined",
                Tolerance.elementwise(),
                s -> {
                  List<Value> tokens = new ArrayList<>();
                  for (int[] shape : SHAPES) {
                    tokens.addAll(
                        s.op(op, s.variable(Data.UNIT, shape), s.fixed(Data.UNIT, shape)));
                  }
                  Assign other = new Assign(0.5f, 2);
                  tokens.addAll(s.op(other, s.variable(Data.UNIT, 17), s.fixed(Data.UNIT, 17)));
                  return List.of(Nn.group(tokens));
                })
            .runs(STEPS));
  }

  /** Sums of some hundred and some thousand numbers, counters and others beside each other. */
  private static OpCase sums(Assign op) {
    return OpCase.of(
            "assign/" + op + " sums and counters",
            Tolerance.sum(3 * 70_001).times(2, "a factor of 2"),
            s -> {
              List<Value> tokens = new ArrayList<>();
              for (int[] shape : new int[][] {{1}, {128}, {33, 70}, {70_001}}) {
                Value sum = Nn.reduceSum(s.fixed(Data.UNIT, shape));
                tokens.addAll(s.op(op, s.variable(Data.UNIT), sum));
              }
              tokens.addAll(s.op(op, s.counter(40), s.integers(new int[] {3})));
              Value rows = Nn.reduceSum(s.fixed(Data.UNIT, 9, 5), 0);
              tokens.addAll(s.op(op, s.variable(Data.UNIT, 5), rows));
              return List.of(Nn.group(tokens));
            })
        .runs(STEPS);
  }

  private static void addAssigns(List<OpCase> cases) {
    for (float[] factors : new float[][] {{0, 1}, {1, 1}, {0.9f, 0.1f}, {1, -0.5f}}) {
      for (int[] shape : new int[][] {{}, {33}, {3, 3, 2, 5}}) {
        Assign op = new Assign(factors[0], factors[1]);
        cases.add(
            OpCase.of(
                    "assign/" + op + " " + Shape.of(shape),
                    Tolerance.elementwise(),
                    s -> s.op(op, s.variable(Data.UNIT, shape), s.fixed(Data.UNIT, shape)))
                .runs(STEPS));
      }
      addJoinedAssigns(cases, new Assign(factors[0], factors[1]));
    }
    for (float[] factors : new float[][] {{0, 1}, {1, 1}, {1, -2}}) {
      cases.add(sums(new Assign(factors[0], factors[1])));
    }
    cases.add(
        OpCase.of(
            "assign/forgets NaN",
            Tolerance.exact(),
            s -> s.op(new Assign(0, 1), s.variable(Data.of(Float.NaN), 9), s.fixed(Data.UNIT, 9))));
    cases.add(
        OpCase.of(
            "assign/clears what is no number",
            Tolerance.exact(),
            s -> {
              Value v = s.variable(Data.of(Float.NaN, Float.POSITIVE_INFINITY, 1), 9);
              return s.op(new Assign(0, 0), v, v);
            }));
    cases.add(
        OpCase.of(
                "assign/counter",
                Tolerance.exact(),
                s -> List.of(step(s, s.iterations(41)), step(s, s.counter(16_777_217))))
            .runs(STEPS));
    cases.add(
        OpCase.of(
                "assign/one's variable is the other's value",
                Tolerance.exact(),
                s -> {
                  Value a = s.variable(Data.UNIT, 9);
                  Value b = s.variable(Data.UNIT, 9);
                  Value c = s.fixed(Data.UNIT, 9);
                  return List.of(Nn.assign(a, b), Nn.assign(b, c));
                })
            .runs(STEPS));
    // Everything reads variables as they were when the run began, wherever it stands in the graph.
    cases.add(
        OpCase.of(
                "assign/read after it was written",
                Tolerance.elementwise(),
                s -> {
                  Value v = s.variable(Data.UNIT, 9);
                  Value token = Nn.assign(v, Nn.scale(v, 0.5f));
                  return List.of(token, Nn.relu(v));
                })
            .runs(STEPS));
  }
}

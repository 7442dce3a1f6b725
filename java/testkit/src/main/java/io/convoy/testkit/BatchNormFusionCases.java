// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Batch normalisation with sums and activations, and their gradients, which the compiler joins
 * where the backend agrees, and look-alikes that it must not join. The judge computes them one by
 * one.
 */
final class BatchNormFusionCases {
  private static final int[][] SHAPES = {
    {8, 5},
    {2, 3, 4, 3},
    {3, 5, 5, 1},
    {4, 1},
    {1, 7, 6, 16},
    {3, 3, 3, 17},
    {33, 10},
    {900, 3},
    {1, 24},
  };

  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.leakyRelu(0.3f),
          Activation.elu(1),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.GELU,
          Activation.SILU,
          Activation.radialBasis(1, 0.5f),
          Activation.of(Activation.Kind.ABS));

  private static final float EPSILON = 1e-3f;
  private static final int[] SHAPE = {3, 4, 5, 8};

  private final double step;

  private BatchNormFusionCases(double step) {
    this.step = step;
  }

  static List<OpCase> all() {
    return new BatchNormFusionCases(0).cases();
  }

  /** With room for the roundings to 16 bits between the ops, which are the judge's alone. */
  static List<OpCase> all(DType type) {
    return new BatchNormFusionCases(HalfFloat.step(type)).cases();
  }

  private List<OpCase> cases() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      cases.add(forward("RELU", shape, n -> Nn.relu(n.y())));
      cases.add(forward("sum, RELU", shape, n -> Nn.relu(Nn.add(n.y(), n.other()))));
      cases.add(gradient("RELU", shape, s -> gradient(s, Activation.RELU, shape)));
      cases.add(gradient("residual, RELU", shape, s -> residual(s, Activation.RELU, shape)));
    }
    for (Activation f : ACTIVATIONS) {
      cases.add(forward(f.toString(), SHAPE, n -> Nn.activate(n.y(), f)));
      cases.add(forward("sum, " + f, SHAPE, n -> Nn.activate(Nn.add(n.other(), n.y()), f)));
      cases.add(gradient(f.toString(), SHAPE, s -> gradient(s, f, SHAPE)));
      cases.add(gradient("residual, " + f, SHAPE, s -> residual(s, f, SHAPE)));
    }
    cases.add(forward("LINEAR", SHAPE, n -> Nn.scale(n.y(), 3)));
    cases.add(forward("sum alone", SHAPE, n -> Nn.add(n.y(), n.other())));
    addLookAlikes(cases);
    return cases;
  }

  private void addLookAlikes(List<OpCase> cases) {
    cases.add(forward("read twice", SHAPE, n -> Nn.add(n.y(), Nn.relu(n.y()))));
    cases.add(forward("a row added", SHAPE, n -> Nn.relu(Nn.add(n.y(), n.row()))));
    cases.add(forward("added to itself", SHAPE, n -> Nn.relu(Nn.add(n.y(), n.y()))));
    cases.add(forward("added to its input", SHAPE, n -> Nn.relu(Nn.add(n.y(), n.x()))));
    cases.add(
        forward("sum made behind it", SHAPE, n -> Nn.relu(Nn.add(n.y(), Nn.tanh(n.other())))));
    cases.add(
        forward("two sums", SHAPE, n -> Nn.relu(Nn.add(Nn.add(n.y(), n.other()), n.other()))));
    cases.add(forward("two activations", SHAPE, n -> Nn.tanh(Nn.relu(n.y()))));
    cases.add(forward("sum behind the activation", SHAPE, n -> Nn.add(Nn.relu(n.y()), n.other())));
    cases.add(forward("two of them added", SHAPE, n -> Nn.relu(Nn.add(n.y(), n.again().y()))));
    cases.add(gradient("of another normalisation", SHAPE, BatchNormFusionCases::strange));
    cases.add(
        gradient(
            "activation's gradient read twice",
            SHAPE,
            s -> {
              Normal n = Normal.of(s, SHAPE);
              Value dz = n.activationGradient(Activation.RELU);
              List<Value> fetches = new ArrayList<>(n.gradients(dz));
              fetches.add(Nn.scale(dz, 2));
              return fetches;
            }));
    cases.add(
        gradient(
            "two of them added",
            SHAPE,
            s -> {
              Normal n = Normal.of(s, SHAPE);
              Normal m = n.again();
              Value y = Nn.relu(Nn.add(n.y(), m.y()));
              Value dz = s.op(new ActivateGrad(Activation.RELU), n.other(), y).get(0);
              List<Value> fetches = new ArrayList<>(n.gradients(dz));
              fetches.addAll(m.gradients(dz));
              return step == 0 ? fetches : List.of(y);
            }));
  }

  /** A normalisation of x, and a tensor of x's shape. */
  private record Normal(Scene s, Value x, Value gamma, Value beta, List<Value> made, Value other) {
    static Normal of(Scene s, int... shape) {
      Value other = s.fixed(Data.UNIT, shape);
      Value x = s.fixed(Data.UNIT, shape);
      return of(s, x, other);
    }

    private static Normal of(Scene s, Value x, Value other) {
      Value gamma = s.fixed(Data.uniform(0.5f, 1.5f), x.shape().dim(-1));
      Value beta = s.fixed(Data.UNIT, x.shape().dim(-1));
      return new Normal(s, x, gamma, beta, s.op(new BatchNorm(EPSILON), x, gamma, beta), other);
    }

    /** Another normalisation, of the other tensor. */
    Normal again() {
      return of(s, other, x);
    }

    /** [1, C]. */
    Value row() {
      return s.fixed(Data.UNIT, 1, x.shape().dim(-1));
    }

    Value y() {
      return made.get(0);
    }

    Value activationGradient(Activation f) {
      boolean byValue = f.kind().derivativeUses() == Activation.Uses.OUTPUT;
      Value toldFrom = byValue ? Nn.activate(y(), f) : y();
      return s.op(new ActivateGrad(f), other, toldFrom).get(0);
    }

    List<Value> gradients(Value dz) {
      BatchNormGrad op = new BatchNormGrad(EPSILON, false);
      return s.op(op, x, dz, gamma, made.get(1), made.get(2));
    }
  }

  private OpCase forward(String what, int[] shape, Function<Normal, Value> then) {
    return OpCase.of(
        "fusion/batch norm, " + what + " " + Shape.of(shape),
        tolerance(shape),
        s -> {
          Normal n = Normal.of(s, shape);
          return List.of(then.apply(n), n.made().get(1), n.made().get(2));
        });
  }

  private OpCase gradient(String what, int[] shape, Function<Scene, List<Value>> body) {
    return OpCase.of(
        "fusion/batch norm gradient, " + what + " " + Shape.of(shape), tolerance(shape), body);
  }

  private static List<Value> gradient(Scene s, Activation f, int... shape) {
    Normal n = Normal.of(s, shape);
    List<Value> fetches = new ArrayList<>(n.gradients(n.activationGradient(f)));
    fetches.add(Nn.activate(n.y(), f));
    return fetches;
  }

  /** What the derivative is told from has other parts than the normalised x. */
  private static List<Value> residual(Scene s, Activation f, int... shape) {
    Normal n = Normal.of(s, shape);
    Value toldFrom = s.fixed(Data.uniform(0.1f, 0.9f), shape);
    Value dz = s.op(new ActivateGrad(f), n.other(), toldFrom).get(0);
    List<Value> fetches = new ArrayList<>(n.gradients(dz));
    fetches.add(dz);
    return fetches;
  }

  /** The activation's argument was not made of the x whose gradient is asked for. */
  private static List<Value> strange(Scene s) {
    Normal n = Normal.of(s, SHAPE);
    return n.gradients(n.again().activationGradient(Activation.RELU));
  }

  private Tolerance tolerance(int... shape) {
    long rows = Shape.of(shape).elements() / shape[shape.length - 1];
    Tolerance sum = Tolerance.sum(rows);
    return new Tolerance(
        sum.absolute() * 4 + 4 * step * Math.sqrt(rows),
        sum.relative() + 2 * step,
        sum.reason() + "; values up to 4 between the ops");
  }
}

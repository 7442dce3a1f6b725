// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.Activation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number, and their derivatives. */
final class ActivationCases {
  /** Those whose argument may be any number. */
  private static final List<Activation> UNBOUNDED =
      List.of(
          Activation.RELU,
          Activation.RELU6,
          Activation.leakyRelu(0.3f),
          Activation.leakyRelu(0),
          Activation.elu(1),
          Activation.elu(0.5f),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.GELU,
          Activation.SILU,
          Activation.radialBasis(1.5f, 0.25f),
          Activation.linear(-2, 0.5f),
          Activation.of(Kind.EXP),
          Activation.of(Kind.SQUARE),
          Activation.of(Kind.ABS));

  private static final List<Activation> POSITIVE =
      List.of(Activation.of(Kind.LOG), Activation.of(Kind.SQRT));

  /** 0 of both signs, tiny ones, where tails begin, where e^x overflows a float (88.7), far out. */
  private static final Data TAILS =
      Data.of(
          0, -0f, 1e-30f, -1e-30f, 1e-6f, -1e-6f, 0.25f, 0.5f, -0.5f, 1, -1, 3, -3, 5, -5.5f, 6, 9,
          -9, 20, -20, 50, -50, 88, -88, 100, -100, 1000, -1000);

  private static final int TAILS_COUNT = 28;

  private ActivationCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Activation f : UNBOUNDED) {
      cases.add(smooth(f, Data.awayFromZero()));
      cases.add(value(f, "at 0 and in the tails", TAILS, TAILS_COUNT));
      addGradients(cases, f, Data.awayFromZero(), TAILS);
    }
    Data corners = Data.of(0, 1e-30f, 1e-10f, 0.5f, 1, 4, 1e10f, 1e30f);
    for (Activation f : POSITIVE) {
      cases.add(smooth(f, Data.uniform(0.1f, 4)));
      cases.add(value(f, "at 0 and far out", corners, 8));
      addGradients(cases, f, Data.uniform(0.1f, 4), corners);
    }
    for (Activation f : List.of(Activation.RELU, Activation.RELU6)) {
      cases.add(value(f, "keeps NaN", Data.of(Float.NaN, 1, -1), 19));
    }
    // Vectors are 4, 8 or 16 wide and unrolled: rests of every kind, and more than one thread's
    // share.
    for (int size : new int[] {1, 3, 8, 15, 17, 63, 1031, 70001}) {
      cases.add(value(Activation.RELU, size + " elements", Data.UNIT, size));
      cases.add(value(Activation.RELU6, size + " elements", Data.uniform(-9, 9), size));
      cases.add(value(Activation.GELU, size + " elements", Data.UNIT, size));
    }
    return cases;
  }

  private static OpCase smooth(Activation f, Data data) {
    return OpCase.smooth(
        "activation/" + f,
        Tolerance.elementwise(),
        s -> s.op(new Activate(f), s.input(data, 3, 5, 7)));
  }

  private static OpCase value(Activation f, String what, Data data, int size) {
    return OpCase.of(
        "activation/" + f + " " + what,
        Tolerance.elementwise(),
        s -> s.op(new Activate(f), s.fixed(data, size)));
  }

  private static void addGradients(List<OpCase> cases, Activation f, Data inside, Data corners) {
    if (f.kind().derivativeUses() == Activation.Uses.NOTHING) {
      return;
    }
    cases.add(gradient(f, "", inside, 105));
    cases.add(gradient(f, " at corners", corners, TAILS_COUNT));
  }

  private static OpCase gradient(Activation f, String what, Data x, int size) {
    boolean byOutput = f.kind().derivativeUses() == Activation.Uses.OUTPUT;
    Data argument = byOutput ? Data.mapped(x, output(f)) : x;
    return OpCase.of(
        "activation gradient/" + f + what,
        Tolerance.elementwise(),
        s -> s.op(new ActivateGrad(f), s.fixed(Data.UNIT, size), s.fixed(argument, size)));
  }

  /** The function itself, where its derivative is computed from its value. */
  private static DoubleUnaryOperator output(Activation f) {
    switch (f.kind()) {
      case RELU:
        return x -> Math.max(x, 0);
      case RELU6:
        return x -> Math.min(Math.max(x, 0), 6);
      case LEAKY_RELU:
        return x -> x > 0 ? x : f.alpha() * x;
      case ELU:
        return x -> x > 0 ? x : f.alpha() * Math.expm1(x);
      case SIGMOID:
        return x -> 1 / (1 + Math.exp(-x));
      case TANH:
        return Math::tanh;
      case EXP:
        return Math::exp;
      case SQRT:
        return Math::sqrt;
      default:
        throw new IllegalArgumentException(f + "'s derivative is computed from its argument");
    }
  }
}

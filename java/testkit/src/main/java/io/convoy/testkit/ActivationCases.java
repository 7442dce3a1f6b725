// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.Activation.Kind;
import java.util.ArrayList;
import java.util.List;

/** Functions of one number, and their derivatives. */
final class ActivationCases {
  private static final List<Activation> SMOOTH_EVERYWHERE =
      List.of(
          Activation.RELU,
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

  private ActivationCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Activation f : SMOOTH_EVERYWHERE) {
      cases.add(
          OpCase.smooth(
              "activation/" + f,
              Tolerance.elementwise(),
              s -> s.op(new Activate(f), s.input(Data.awayFromZero(), 3, 5, 7))));
    }
    return cases;
  }
}

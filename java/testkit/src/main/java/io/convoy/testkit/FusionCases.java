// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.MatMul;
import io.convoy.ops.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Patterns that the compiler joins where the backend agrees, and look-alikes that it must not join.
 * The judge computes them one by one.
 */
final class FusionCases {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.RELU,
          Activation.RELU6,
          Activation.leakyRelu(0.3f),
          Activation.elu(1),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.GELU,
          Activation.SILU,
          Activation.radialBasis(1, 0.5f),
          Activation.linear(2, -1),
          Activation.of(Activation.Kind.ABS));

  private static final Tolerance TOLERANCE =
      Tolerance.sum(27).times(4, "values up to 4 before the activation");

  private FusionCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    for (Activation f : ACTIVATIONS) {
      cases.add(convolution("bias, " + f, 8, y -> Nn.activate(y.biased(), f)));
      cases.add(convolution(f.toString(), 8, y -> Nn.activate(y.root(), f)));
      cases.add(product("bias, " + f, y -> Nn.activate(y.biased(), f)));
      cases.add(product(f.toString(), y -> Nn.activate(y.root(), f)));
    }
    cases.add(convolution("bias", 8, Made::biased));
    cases.add(convolution("bias, 1 channel", 1, y -> Nn.relu(y.biased())));
    cases.add(convolution("bias, 17 channels", 17, y -> Nn.relu(y.biased())));
    cases.add(product("bias", Made::biased));
    cases.add(convolution("two activations", 8, y -> Nn.tanh(Nn.relu(y.biased()))));
    cases.add(
        convolution("activation, then bias", 8, y -> Nn.biasAdd(Nn.tanh(y.root()), y.bias())));
    cases.add(convolution("two biases", 8, y -> Nn.biasAdd(y.biased(), y.bias())));
    cases.add(convolution("read twice", 8, y -> Nn.add(y.root(), Nn.tanh(y.root()))));
    cases.add(product("a computed bias", y -> Nn.biasAdd(y.root(), Nn.tanh(y.bias()))));
    cases.add(fetchedBetween());
    addCutOff(cases);
    addBiasGradients(cases);
    addNormalizations(cases);
    return cases;
  }

  /** A root op's result and a bias for it. */
  private record Made(Value root, Value bias) {
    Value biased() {
      return Nn.biasAdd(root, bias);
    }
  }

  private static OpCase convolution(String what, int channels, Function<Made, Value> then) {
    return OpCase.of(
        "fusion/convolution, " + what,
        TOLERANCE,
        s -> List.of(then.apply(convolution(s, channels))));
  }

  private static Made convolution(Scene s, int channels) {
    Value x = s.fixed(Data.UNIT, 3, 5, 6, 3);
    Value w = s.variable(Data.UNIT, 3, 3, 3, channels);
    return new Made(Images.conv2d(x, w, 1, Padding.SAME), s.variable(Data.UNIT, channels));
  }

  private static OpCase product(String what, Function<Made, Value> then) {
    return OpCase.of(
        "fusion/product, " + what,
        TOLERANCE,
        s -> {
          Value a = s.fixed(Data.UNIT, 9, 27);
          Value root = s.op(new MatMul(false, false), a, s.variable(Data.UNIT, 27, 13)).get(0);
          return List.of(then.apply(new Made(root, s.variable(Data.UNIT, 13))));
        });
  }

  /** ReLU6 of sums many of which are beyond 6. */
  private static void addCutOff(List<OpCase> cases) {
    Data raised = Data.uniform(4, 8);
    cases.add(
        OpCase.of(
            "fusion/convolution, cut off at 6",
            TOLERANCE,
            s -> {
              Value root = convolution(s, 8).root();
              return List.of(Nn.relu6(Nn.biasAdd(root, s.variable(raised, 8))));
            }));
    cases.add(
        OpCase.of(
            "fusion/product, cut off at 6",
            TOLERANCE,
            s -> {
              Value a = s.fixed(Data.UNIT, 9, 27);
              Value root = s.op(new MatMul(false, false), a, s.variable(Data.UNIT, 27, 13)).get(0);
              return List.of(Nn.relu6(Nn.biasAdd(root, s.variable(raised, 13))));
            }));
  }

  private static OpCase fetchedBetween() {
    return OpCase.of(
        "fusion/every value fetched",
        TOLERANCE,
        s -> {
          Made made = convolution(s, 8);
          Value biased = made.biased();
          return List.of(Nn.relu(biased), biased, made.root());
        });
  }

  private static void addBiasGradients(List<OpCase> cases) {
    for (ConvSpec spec :
        List.of(
            ConvSpec.of(1, Padding.SAME),
            ConvSpec.of(2, Padding.VALID),
            new ConvSpec(1, 1, Padding.SAME, 1, 1, 4))) {
      cases.add(
          OpCase.of(
              "fusion/filter and bias gradient, " + spec,
              Tolerance.sum(3 * 5 * 6),
              s -> {
                Value x = s.fixed(Data.UNIT, 3, 5, 6, 4);
                Value w = s.variable(Data.UNIT, 3, 3, 4 / spec.groups(), 8);
                Value y = s.op(new Conv2D(spec), x, w).get(0);
                Value dy = s.fixed(Data.UNIT, y.shape().dims());
                Value db = s.op(new BiasAddGrad(), dy).get(0);
                return List.of(s.op(new Conv2DBackpropFilter(spec, 3, 3), x, dy).get(0), db);
              }));
    }
    cases.add(
        OpCase.of(
            "fusion/matrix and bias gradient",
            Tolerance.sum(33),
            s -> {
              Value dy = s.fixed(Data.UNIT, 33, 7);
              Value db = s.op(new BiasAddGrad(), dy).get(0);
              Value dw = s.op(new MatMul(true, false), s.fixed(Data.UNIT, 33, 10), dy).get(0);
              return List.of(dw, db);
            }));
    cases.add(
        OpCase.of(
            "fusion/bias gradient read before the matrix gradient is made",
            Tolerance.sum(33),
            s -> {
              Value dy = s.fixed(Data.UNIT, 33, 7);
              Value db = Nn.scale(s.op(new BiasAddGrad(), dy).get(0), 3);
              Value x = Nn.biasAdd(s.fixed(Data.UNIT, 33, 7), db);
              return List.of(s.op(new MatMul(true, false), x, dy).get(0), db);
            }));
  }

  private static void addNormalizations(List<OpCase> cases) {
    cases.add(normalization("alone", 8, n -> n.apply(n.conv())));
    cases.add(normalization("32 channels, ReLU", 32, n -> Nn.relu(n.apply(n.conv()))));
    cases.add(normalization("32 channels, ReLU6", 32, n -> Nn.relu6(n.apply(n.conv()))));
    cases.add(normalization("sum, ReLU6", 8, n -> Nn.relu6(Nn.add(n.apply(n.conv()), n.y()))));
    cases.add(normalization("a bias before it, tanh", 8, n -> Nn.tanh(n.apply(n.biased()))));
    cases.add(normalization("added to an input", 8, n -> Nn.add(n.y(), n.apply(n.conv()))));
    cases.add(
        normalization("a block", 16, n -> Nn.relu(Nn.add(n.apply(n.conv()), n.apply(n.biased())))));
    cases.add(normalization("two sums", 8, n -> Nn.add(Nn.add(n.apply(n.conv()), n.y()), n.y())));
    cases.add(
        normalization("a repeated sum", 8, n -> Nn.relu(Nn.add(n.apply(n.conv()), n.gamma()))));
    cases.add(normalization("read twice", 8, n -> Nn.add(n.conv(), n.apply(n.conv()))));
    cases.add(normalization("ReLU before it", 8, n -> n.apply(Nn.relu(n.biased()))));
    cases.add(normalization("twice", 8, n -> n.apply(n.apply(n.conv()))));
    cases.add(normalization("of no convolution", 8, n -> Nn.relu(n.apply(n.y()))));
    cases.add(
        normalization(
            "added to itself",
            8,
            n -> {
              Value made = n.apply(n.conv());
              return Nn.relu(Nn.add(made, made));
            }));
    for (int groups : new int[] {2, 4}) {
      cases.add(groupedNormalization(groups));
    }
    cases.add(
        normalization(
            "residual made behind it",
            8,
            n -> {
              Value made = n.apply(n.conv());
              return Nn.relu(Nn.add(made, Nn.tanh(Nn.scale(n.y(), 2))));
            }));
  }

  /** What a normalisation may be built from: a convolution, y of its shape, and four vectors. */
  private record Normal(Made made, Value y, Value gamma, Value beta, Value mean, Value variance) {
    Value conv() {
      return made.root();
    }

    Value biased() {
      return made.biased();
    }

    Value apply(Value x) {
      return Images.batchNormInference(x, gamma, beta, mean, variance, 1e-3f);
    }
  }

  private static OpCase normalization(String what, int channels, Function<Normal, Value> then) {
    return OpCase.of(
        "fusion/normalization, " + what,
        TOLERANCE.times(16, "scaled by up to 1 / sqrt(0.1)"),
        s -> {
          Made made = convolution(s, channels);
          Value y = s.fixed(Data.UNIT, made.root().shape().dims());
          Value gamma = s.variable(Data.UNIT, channels);
          Value beta = s.variable(Data.UNIT, channels);
          Value mean = s.variable(Data.UNIT, channels);
          Value variance = s.variable(Data.uniform(0.1f, 2), channels);
          return List.of(then.apply(new Normal(made, y, gamma, beta, mean, variance)));
        });
  }

  private static OpCase groupedNormalization(int groups) {
    return OpCase.of(
        "fusion/normalization, " + groups + " groups",
        TOLERANCE.times(16, "scaled by up to 1 / sqrt(0.1)"),
        s -> {
          Value x = s.fixed(Data.UNIT, 3, 5, 6, 4);
          Value w = s.variable(Data.UNIT, 3, 3, 4 / groups, 8);
          ConvSpec spec = new ConvSpec(1, 1, Padding.SAME, 1, 1, groups);
          Value mean = s.variable(Data.UNIT, 8);
          Value variance = s.variable(Data.uniform(0.1f, 2), 8);
          Value gamma = s.variable(Data.UNIT, 8);
          Value y = Images.conv2d(x, w, spec);
          return List.of(
              Nn.relu(Images.batchNormInference(y, gamma, gamma, mean, variance, 1e-3f)));
        });
  }
}

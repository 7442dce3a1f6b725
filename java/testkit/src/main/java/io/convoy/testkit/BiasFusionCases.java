// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The gradients of an activation and of the bias before it, which the compiler joins where the
 * backend agrees, with what stands around them in a network. The judge computes them one by one.
 */
final class BiasFusionCases {
  private static final int[][] SHAPES = {
    {1, 1}, {4, 10}, {3, 17}, {2, 5, 4, 3}, {1, 7, 7, 16}, {3, 2, 2, 1}, {300, 33}, {1, 24},
  };

  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.leakyRelu(0.3f),
          Activation.elu(1),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.GELU,
          Activation.radialBasis(1, 0.5f));

  private final double step;

  private BiasFusionCases(double step) {
    this.step = step;
  }

  static List<OpCase> all() {
    return new BiasFusionCases(0).cases();
  }

  /** With room for the roundings to 16 bits of what is summed, which are the judge's alone. */
  static List<OpCase> all(DType type) {
    return new BiasFusionCases(HalfFloat.step(type)).cases();
  }

  private List<OpCase> cases() {
    List<OpCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      cases.add(gradient("RELU", shape, s -> both(s, Activation.RELU, shape)));
    }
    int[] image = {3, 4, 5, 8};
    for (Activation f : ACTIVATIONS) {
      cases.add(gradient(f.toString(), image, s -> both(s, f, image)));
    }
    int[] rows = {33, 7};
    cases.add(gradient("and of a matrix", rows, BiasFusionCases::besideAMatrix));
    for (Padding padding : List.of(Padding.SAME, Padding.VALID)) {
      cases.add(pooled("windows apart, " + padding, 2, 2, padding, Activation.RELU));
      cases.add(pooled("windows overlap, " + padding, 3, 2, padding, Activation.elu(1)));
      cases.add(pooled("argument needed, " + padding, 2, 2, padding, Activation.GELU));
    }
    return cases;
  }

  private OpCase gradient(String what, int[] shape, Function<Scene, List<Value>> body) {
    long terms = Shape.of(shape).elements() / shape[shape.length - 1];
    Tolerance sum = Tolerance.sum(terms);
    Tolerance wide =
        new Tolerance(
            sum.absolute() + step * Math.sqrt(terms), sum.relative() + step, sum.reason());
    String name = "fusion/activation and bias gradient, " + what + " " + Shape.of(shape);
    return OpCase.of(name, wide, body);
  }

  private static List<Value> both(Scene s, Activation f, int... shape) {
    Value toldFrom = s.fixed(Data.UNIT, shape);
    Value dz = s.op(new ActivateGrad(f), s.fixed(Data.UNIT, shape), toldFrom).get(0);
    return List.of(dz, s.op(new BiasAddGrad(), dz).get(0));
  }

  private static List<Value> besideAMatrix(Scene s) {
    List<Value> both = both(s, Activation.RELU, 33, 7);
    Value x = s.fixed(Data.UNIT, 33, 10);
    Value dw = s.op(new MatMul(true, false), x, both.get(0)).get(0);
    return List.of(dw, both.get(1));
  }

  private OpCase pooled(String what, int window, int stride, Padding padding, Activation f) {
    int[] shape = {2, 6, 7, 5};
    return gradient(
        "pooled, " + what,
        shape,
        s -> {
          Value z = s.fixed(Data.distinct(), shape);
          Value y = Nn.activate(z, f);
          Value p = Images.maxPool(y, window, stride, padding);
          Value dp = s.fixed(Data.UNIT, p.shape().dims());
          PoolSpec spec = new PoolSpec(PoolSpec.Kind.MAX, window, window, stride, stride, padding);
          Value dy = s.op(new Pool2DGrad(spec), y, p, dp).get(0);
          boolean byValue = f.kind().derivativeUses() == Activation.Uses.OUTPUT;
          Value dz = s.op(new ActivateGrad(f), dy, byValue ? y : z).get(0);
          return List.of(dz, s.op(new BiasAddGrad(), dz).get(0));
        });
  }
}

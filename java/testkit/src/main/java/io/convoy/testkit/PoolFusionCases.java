// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Padding;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.PoolSpec.Kind;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pooling behind a convolution with bias and activation, and the gradients of all, which the
 * compiler joins where the backend agrees, and look-alikes that it must not join. The judge
 * computes them one by one. What is pooled are whole numbers, most of them several times, and
 * functions of these: in 16 bits, too, the judge finds the same equals.
 */
final class PoolFusionCases {
  private static final Data WHOLE = Data.mapped(Data.ties(5), v -> v - 2);

  /** Of these up to 3 is pooled: in fp32 GELU of -6 may be 0, and a tie that the judge has not. */
  private static final Data SMALL = Data.mapped(Data.ties(3), v -> v - 1);

  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.RELU6,
          Activation.leakyRelu(0.5f),
          Activation.elu(1),
          Activation.SIGMOID,
          Activation.TANH,
          Activation.GELU,
          Activation.of(Activation.Kind.EXP),
          Activation.of(Activation.Kind.ABS));

  private static final PoolSpec HALVING = new PoolSpec(Kind.MAX, 2, 2, 2, 2, Padding.VALID);
  private static final PoolSpec OVERLAPPING = new PoolSpec(Kind.MAX, 3, 3, 2, 2, Padding.SAME);
  private static final PoolSpec MEAN = new PoolSpec(Kind.AVERAGE, 2, 2, 2, 2, Padding.VALID);

  private final double step;

  private PoolFusionCases(double step) {
    this.step = step;
  }

  static List<OpCase> all() {
    return new PoolFusionCases(0).cases();
  }

  /** With room for the roundings to 16 bits between the ops, which are the judge's alone. */
  static List<OpCase> all(DType type) {
    return new PoolFusionCases(HalfFloat.step(type)).cases();
  }

  private List<OpCase> cases() {
    List<OpCase> cases = new ArrayList<>();
    Optional<Activation> relu = Optional.of(Activation.RELU);
    for (PoolingCases.Geometry g : PoolingCases.GEOMETRIES) {
      for (Kind kind : Kind.values()) {
        PoolSpec spec = g.spec(kind);
        cases.add(made(spec, relu, "forward, " + g.what(), g.image(), n -> List.of(n.p())));
        cases.add(made(spec, relu, "step, " + g.what(), g.image(), Net::step));
      }
    }
    int[] image = {2, 6, 7, 8};
    for (Activation f : ACTIVATIONS) {
      for (PoolSpec spec : List.of(HALVING, OVERLAPPING, MEAN)) {
        cases.add(made(spec, Optional.of(f), "forward", image, n -> List.of(n.p())));
        cases.add(made(spec, Optional.of(f), "step", image, Net::step));
      }
    }
    for (PoolSpec spec : List.of(HALVING, OVERLAPPING, MEAN)) {
      cases.add(made(spec, Optional.empty(), "forward", image, n -> List.of(n.p())));
      cases.add(made(spec, Optional.empty(), "step", image, Net::step));
      addLookAlikes(cases, spec, image);
    }
    PoolSpec large = new PoolSpec(Kind.MAX, 17, 16, 1, 1, Padding.VALID);
    cases.add(made(large, relu, "step, more places than a byte holds", new int[] {1, 18, 17, 2}));
    return cases;
  }

  private void addLookAlikes(List<OpCase> cases, PoolSpec spec, int[] image) {
    Optional<Activation> relu = Optional.of(Activation.RELU);
    cases.add(made(spec, relu, "y fetched", image, n -> n.stepAnd(n.y())));
    cases.add(made(spec, relu, "bias' sum fetched", image, n -> n.stepAnd(n.biased())));
    cases.add(made(spec, relu, "y read twice", image, n -> n.stepAnd(Nn.tanh(n.y()))));
    cases.add(made(spec, relu, "y pooled twice", image, n -> n.stepAnd(n.pool(n.y()))));
    cases.add(made(spec, relu, "pooled again", image, n -> n.stepAnd(n.pool(n.p()))));
    cases.add(made(spec, relu, "two gradients", image, n -> n.stepAnd(n.dy())));
    cases.add(
        made(spec, relu, "pooling's gradient read twice", image, n -> n.stepAnd(Nn.tanh(n.dy()))));
    cases.add(made(spec, relu, "gradient by another function", image, Net::strangeStep));
    cases.add(made(spec, relu, "of a normalisation", image, Net::normalizedStep));
  }

  private OpCase made(PoolSpec spec, Optional<Activation> f, String what, int[] image) {
    return made(spec, f, what, image, Net::step);
  }

  private OpCase made(
      PoolSpec spec,
      Optional<Activation> f,
      String what,
      int[] image,
      Function<Net, List<Value>> body) {
    long terms = (long) image[0] * image[1] * image[2];
    Tolerance sum = Tolerance.sum(terms).times(8, "values up to 8 are pooled");
    Tolerance wide =
        new Tolerance(
            sum.absolute() + 2 * step * Math.sqrt(terms), sum.relative() + 2 * step, sum.reason());
    String name = f.map(Activation::toString).orElse("no activation");
    return OpCase.of(
        "fusion/pooling " + spec + ", " + name + ", " + what,
        wide,
        s -> body.apply(Net.of(s, spec, f, image)));
  }

  /**
   * A convolution with bias and activation, pooled.
   *
   * @param biased the convolution's with the bias
   * @param y the activation's
   * @param p what is pooled of y
   * @param dp a gradient by p
   */
  private record Net(
      Scene s, PoolSpec spec, Optional<Activation> f, Value biased, Value y, Value p, Value dp) {
    static Net of(Scene s, PoolSpec spec, Optional<Activation> f, int... image) {
      Data data = f.equals(Optional.of(Activation.GELU)) ? SMALL : WHOLE;
      Value x = s.fixed(data, image[0], image[1], image[2], 2);
      Value conv = Images.conv2d(x, s.fixed(data, 1, 1, 2, image[3]), 1, Padding.VALID);
      Value biased = Nn.biasAdd(conv, s.fixed(data, image[3]));
      Value y = f.map(function -> Nn.activate(biased, function)).orElse(biased);
      Value p = Images.pool2d(y, spec);
      return new Net(s, spec, f, biased, y, p, s.fixed(Data.UNIT, p.shape().dims()));
    }

    Value pool(Value x) {
      return Images.pool2d(x, spec);
    }

    Value dy() {
      return s.op(new Pool2DGrad(spec), y, p, dp).get(0);
    }

    /** The result, the gradient by the convolution's, and that by the bias. */
    List<Value> step() {
      Value dy = dy();
      Value dz = f.map(function -> gradient(function, dy)).orElse(dy);
      return List.of(p, dz, s.op(new BiasAddGrad(), dz).get(0));
    }

    private Value gradient(Activation function, Value dy) {
      boolean byValue = function.kind().derivativeUses() == Activation.Uses.OUTPUT;
      return s.op(new ActivateGrad(function), dy, byValue ? y : biased).get(0);
    }

    List<Value> stepAnd(Value other) {
      List<Value> fetches = new ArrayList<>(step());
      fetches.add(other);
      return fetches;
    }

    /** The derivative is told from something else than what was pooled. */
    List<Value> strangeStep() {
      Value other = s.fixed(WHOLE, y.shape().dims());
      Value dz = s.op(new ActivateGrad(Activation.RELU), dy(), other).get(0);
      return List.of(p, dz, s.op(new BiasAddGrad(), dz).get(0));
    }

    /** ImageNet's stem: batch normalisation and ReLU of y, then pooling. */
    List<Value> normalizedStep() {
      BatchNorm norm = new BatchNorm(1e-3f);
      Value gamma = s.fixed(Data.uniform(0.5f, 1.5f), y.shape().dim(3));
      List<Value> made = s.op(norm, y, gamma, s.fixed(Data.UNIT, y.shape().dim(3)));
      Value top = Nn.relu(made.get(0));
      Value pooled = pool(top);
      Value dtop = s.op(new Pool2DGrad(spec), top, pooled, dp).get(0);
      Value dz = s.op(new ActivateGrad(Activation.RELU), dtop, top).get(0);
      BatchNormGrad gradient = new BatchNormGrad(1e-3f, false);
      return s.op(gradient, y, dz, gamma, made.get(1), made.get(2));
    }
  }
}

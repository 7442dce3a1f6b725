// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.compile.Precision;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.initializers.Initializers;
import io.convoy.nn.Images;
import io.convoy.nn.Nn;
import io.convoy.ops.Activation;
import io.convoy.ops.Assign;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Padding;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.UpdateRule;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.schedules.Schedule;
import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Whole training steps of small nets: forward, loss, gradients, update, several times. */
final class NetCases {
  private static final int STEPS = 3;
  private static final int BATCH = 5;

  private static final Tolerance TOLERANCE =
      new Tolerance(1e-4, 1e-4, "errors of some ten ops and " + STEPS + " steps in a row");

  private NetCases() {}

  static List<OpCase> all() {
    Optimizer momentum = Optimizers.momentum(0.05, 0.9, false);
    // A large epsilon keeps Adam from blowing rounding errors of gradients near 0 up to full steps.
    Optimizer adam =
        new Optimizer(
            new UpdateRule.Adam(0.9f, 0.999f, 1e-2f, 0), 0.01f, new Schedule.Constant(), 0);
    List<OpCase> cases = new ArrayList<>();
    cases.add(net("workshop", s -> step(s, workshop(s), momentum)));
    cases.add(net("workshop adam", s -> step(s, workshop(s), adam)));
    cases.add(net("residual with batch norm", s -> step(s, residual(s), momentum)));
    cases.add(net("branches", s -> step(s, branches(s), momentum)));
    cases.add(net("whole vectors of channels", s -> step(s, vectors(s), momentum)));
    cases.add(net("shared weights", s -> step(s, shared(s), momentum)));
    cases.add(net("weighted, many classes", s -> step(s, weighted(s), momentum)));
    cases.add(net("autoencoder", s -> step(s, autoencoder(s), momentum)));
    Optimizer clipped = momentum.clipNorm(0.1f).schedule(new Schedule.CosineDecay(4, 0.1f));
    cases.add(net("clipped, cosine", s -> step(s, mlp(s), clipped)));
    return cases;
  }

  /** The nets compiled for a precision, with room for its roundings. */
  static List<OpCase> all(Precision precision) {
    DType type = precision.storage().orElseThrow();
    double step = HalfFloat.step(type);
    Tolerance tolerance =
        new Tolerance(
            step / 4, 8 * step, "numbers of 16 bits that fall on a neighbour change those behind");
    return all().stream()
        .map(c -> OpCase.of(c.name(), tolerance, c.body()).runs(c.runs()))
        .toList();
  }

  private static OpCase net(String name, Function<Scene, List<Value>> body) {
    return OpCase.of("net/" + name, TOLERANCE, body).runs(STEPS);
  }

  private static List<Value> step(Scene s, Value loss, Optimizer optimizer) {
    return List.of(optimizer.minimize(loss), loss);
  }

  private static Value workshop(Scene s) {
    Value x = s.fixed(Data.UNIT, BATCH, 10, 10, 1);
    Value h = Images.maxPool(Nn.relu(convolution(x, 3, 4, Padding.VALID)), 2, 2, Padding.VALID);
    h = Images.maxPool(Nn.relu(convolution(h, 3, 8, Padding.SAME)), 2, 2, Padding.VALID);
    h = Nn.relu(dense(Nn.flatten(Nn.dropout(h, 0.2f)), 16));
    return crossEntropy(s, dense(h, 10));
  }

  private static Value residual(Scene s) {
    Value x = s.fixed(Data.UNIT, BATCH, 6, 6, 3);
    Value h = Nn.relu(normalized(convolution(x, 3, 8, Padding.SAME)));
    Value inner = Nn.relu(normalized(convolution(h, 3, 8, Padding.SAME)));
    h = Nn.relu(Nn.add(h, normalized(convolution(inner, 3, 8, Padding.SAME))));
    return crossEntropy(s, dense(Images.globalPool(h, PoolSpec.Kind.AVERAGE), 10));
  }

  private static Value branches(Scene s) {
    Value x = s.fixed(Data.UNIT, BATCH, 6, 6, 3);
    Value a = Nn.activate(convolution(x, 1, 3, Padding.SAME), Activation.GELU);
    Value b = Nn.tanh(convolution(x, 3, 5, Padding.SAME));
    Value c = Images.avgPool(x, 3, 1, Padding.SAME);
    Value joined = Nn.concat(List.of(a, b, c), 3);
    return crossEntropy(s, dense(Nn.flatten(joined), 10));
  }

  /** Enough channels for layouts with blocks of 8 or 16 of them, and every op that may meet one. */
  private static Value vectors(Scene s) {
    Value x = s.fixed(Data.UNIT, BATCH, 9, 9, 3);
    Value first = Nn.relu(convolution(x, 3, 32, Padding.VALID));
    Value even = Images.localResponseNormalization(first, 2, 1, 0.5f, 0.75f);
    Value h = Images.maxPool(even, 2, 2, Padding.SAME);
    Value kept = Nn.radialBasis(convolution(h, 3, 32, Padding.SAME), 1, 0.5f);
    Value added = Nn.add(kept, normalized(convolution(kept, 1, 32, Padding.SAME)));
    Value gate = Nn.softmax(Images.avgPool(added, 3, 1, Padding.SAME));
    Value gated = Nn.multiply(Nn.maximum(Nn.tanh(added), gate), gate);
    Value low = Images.minPool(Nn.dropout(gated, 0.3f), 2, 1, Padding.SAME);
    Value shift = weights(s.graph(), "shift", Initializers.ones(), 4, 4, 32);
    Value joined = Nn.concat(List.of(Nn.pad(low, 3, 8, 8), Nn.subtract(kept, shift)), 3);
    Value part = Nn.slice(convolution(joined, 3, 48, Padding.SAME), 3, 8, 32);
    Value squares = Nn.reduceMean(Nn.square(first));
    Value left = Nn.sigmoid(convolution(part, 3, 32, Padding.VALID));
    Value right = normalized(convolution(part, 3, 32, Padding.VALID));
    Value flat = Nn.concat(List.of(Nn.flatten(left), Nn.flatten(right)), 1);
    return Nn.add(crossEntropy(s, dense(flat, 10)), squares);
  }

  /** One filter and one bias applied twice: their gradients are added up. */
  private static Value shared(Scene s) {
    Value w = weights(s.graph(), "w", Initializers.glorotUniform(), 3, 3, 4, 4);
    Value b = weights(s.graph(), "b", Initializers.zeros(), 4);
    Value h = s.fixed(Data.UNIT, BATCH, 5, 5, 4);
    for (int i = 0; i < 3; i++) {
      h = Nn.tanh(Nn.biasAdd(Images.conv2d(h, w, 1, Padding.SAME), b));
    }
    return crossEntropy(s, dense(Nn.flatten(h), 10));
  }

  /** More classes than a warp takes, and a weight for each instance. */
  private static Value weighted(Scene s) {
    int classes = 150;
    Value h = Nn.tanh(dense(s.fixed(Data.UNIT, BATCH, 9), 12));
    Value labels = s.fixed(Data.distributions(classes), BATCH, classes);
    Value loss = Nn.softmaxCrossEntropyWithLogits(labels, dense(h, classes));
    return Nn.reduceMean(Nn.multiply(loss, s.fixed(Data.uniform(0, 2), BATCH)));
  }

  private static Value autoencoder(Scene s) {
    Value x = s.fixed(Data.UNIT, BATCH, 7, 7, 2);
    ConvSpec spec = ConvSpec.of(2, Padding.SAME);
    Value down = weights(s.graph(), "down", Initializers.glorotUniform(), 3, 3, 2, 6);
    Value up = weights(s.graph(), "up", Initializers.glorotUniform(), 3, 3, 2, 6);
    Value code = Nn.sigmoid(Images.conv2d(x, down, spec));
    return Nn.meanSquaredError(x, Images.conv2dTranspose(code, up, 7, 7, spec));
  }

  private static Value mlp(Scene s) {
    Value x = s.fixed(Data.UNIT, 17, 9);
    Value h = Nn.sigmoid(dense(Nn.radialBasis(dense(x, 12), 1, 0.5f), 8));
    Value labels = s.fixed(Data.ties(2), 17, 3);
    return Nn.reduceMean(Nn.sigmoidCrossEntropyWithLogits(labels, dense(h, 3)));
  }

  private static Value crossEntropy(Scene s, Value logits) {
    Value labels = s.integers(new int[] {3, 1, 4, 1, 5}, BATCH);
    return Nn.reduceMean(Nn.sparseSoftmaxCrossEntropyWithLogits(labels, logits));
  }

  private static Value convolution(Value x, int window, int channels, Padding padding) {
    Graph g = x.graph();
    int in = x.shape().dim(3);
    Value w = weights(g, "w", Initializers.glorotUniform(), window, window, in, channels);
    Value y = Images.conv2d(x, w, 1, padding);
    return Nn.biasAdd(y, weights(g, "b", Initializers.zeros(), channels));
  }

  private static Value dense(Value x, int units) {
    Graph g = x.graph();
    Value w = weights(g, "w", Initializers.glorotUniform(), x.shape().dim(1), units);
    return Nn.biasAdd(Nn.matmul(x, w), weights(g, "b", Initializers.zeros(), units));
  }

  private static Value normalized(Value x) {
    Graph g = x.graph();
    int channels = x.shape().dim(-1);
    Value gamma = weights(g, "gamma", Initializers.ones(), channels);
    Value beta = weights(g, "beta", Initializers.zeros(), channels);
    List<Value> made = Images.batchNorm(x, gamma, beta, 1e-3f);
    for (Value statistic : made.subList(1, 3)) {
      Shape shape = Shape.of(channels);
      Value average = g.variable("moving", shape, Initializers.zeros(), false);
      g.addUpdate(g.add("average", new Assign(0.9f, 0.1f), average, statistic).output(0));
    }
    return made.get(0);
  }

  private static Value weights(Graph g, String name, Initializer initializer, int... dims) {
    return g.variable(name, Shape.of(dims), initializer);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.nn;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.ops.RandomQuantile;
import io.convoy.ops.Reverse;
import io.convoy.random.Beta;
import io.convoy.tensor.Tensor;

/** What mixup consists of. */
public final class Mixing {
  /** Enough for steps of 1/1000 in probability. */
  private static final int QUANTILES = 1025;

  private Mixing() {}

  /**
   * The rows of a batch in reverse order.
   *
   * @param x FLOAT32 or INT32 {@code [N, ...]}
   * @return x's shape
   */
  public static Value reverse(Value x) {
    return Nn.node("Reverse", new Reverse(), x);
  }

  /**
   * A number from the beta distribution Beta(alpha, alpha), a new one at each training step; it
   * follows from the graph's seed and {@link Graph#iterations}.
   *
   * @param graph where nodes are added
   * @param alpha above 0, at most 4
   * @return FLOAT32 {@code []}, in [0, 1]
   * @throws IllegalArgumentException if alpha is out of its range
   */
  public static Value randomBeta(Graph graph, double alpha) {
    return randomBeta(alpha, graph.iterations());
  }

  /**
   * A number from the beta distribution Beta(alpha, alpha); it follows from the graph's seed and a
   * counter.
   *
   * @param alpha above 0, at most 4
   * @param counter INT32 {@code []}, which differs where numbers shall
   * @return FLOAT32 {@code []}, in [0, 1]
   * @throws IllegalArgumentException if alpha is out of its range
   */
  public static Value randomBeta(double alpha, Value counter) {
    Graph graph = counter.graph();
    float[] quantiles = Beta.quantiles(alpha, QUANTILES);
    Value table = graph.constant("quantiles", Tensor.of(quantiles, QUANTILES));
    RandomQuantile op = new RandomQuantile(graph.seed(), graph.nextAugmentationStream());
    return Nn.node("RandomBeta", op, table, counter);
  }

  /**
   * A weighted mean: share a + (1 - share) b.
   *
   * @param a any shape
   * @param b a's shape
   * @param share FLOAT32 {@code []}
   * @return a's shape
   */
  public static Value mix(Value a, Value b, Value share) {
    return Nn.add(b, Nn.multiply(Nn.subtract(a, b), share));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.autodiff.Gradients;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the gradients that {@link Gradients} builds with central differences, both in double.
 * The loss is the first fetch weighted at random, so that no error cancels.
 */
public final class GradientCheck {
  /**
   * Truncation is near 1e-12, cancellation near 1e-9 for losses around 10: both below tolerance.
   */
  private static final double STEP = 1e-6;

  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-3;

  /** Of larger inputs, this many elements are tried, equally far apart from a random first one. */
  private static final int ELEMENTS = 24;

  private final Scene scene;
  private final Value loss;
  private final Draws draws;

  private GradientCheck(OpCase opCase, long seed) {
    this.scene = new Scene(opCase.name(), seed);
    this.draws = new Draws(seed, opCase.name().hashCode(), -1);
    Value output = opCase.body().apply(scene).get(0);
    Value weights = scene.fixed(Data.uniform(0.5f, 2), output.shape().dims());
    this.loss = Nn.reduceSum(Nn.multiply(output, weights));
  }

  /**
   * Checks one case.
   *
   * @param opCase a differentiable case
   * @param seed of the data
   * @throws AssertionError that names case, seed, input, first wrong index and both values
   */
  public static void check(OpCase opCase, long seed) {
    try {
      new GradientCheck(opCase, seed).run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "gradient of case " + opCase.name() + " (" + Seed.replay(seed) + "): " + e.getMessage(),
          e);
    }
  }

  private void run() {
    List<Value> inputs = scene.differentiable();
    List<Value> gradients = Gradients.of(loss, inputs);
    List<Value> fetches = new ArrayList<>(gradients);
    fetches.add(loss);
    Judge analytic = new Judge(scene, fetches);
    analytic.run();
    Judge numeric = new Judge(scene, List.of(loss));
    for (int i = 0; i < inputs.size(); i++) {
      compare(inputs.get(i), analytic.values(gradients.get(i)), numeric);
    }
  }

  private void compare(Value input, double[] analytic, Judge numeric) {
    int count = Math.min(ELEMENTS, analytic.length);
    int offset = draws.below(analytic.length);
    for (int k = 0; k < count; k++) {
      int i = (int) ((offset + (long) k * analytic.length / count) % analytic.length);
      double expected = difference(numeric, input, i);
      double error = Math.abs(expected - analytic[i]);
      if (!(error <= ABSOLUTE + RELATIVE * Math.abs(expected))) {
        throw new AssertionError(
            "by "
                + input
                + " element "
                + i
                + ": differences give "
                + expected
                + ", the gradient says "
                + analytic[i]);
      }
    }
  }

  private double difference(Judge numeric, Value input, int i) {
    double[] x = numeric.values(input);
    double at = x[i];
    x[i] = at + STEP;
    double above = loss(numeric);
    x[i] = at - STEP;
    double below = loss(numeric);
    x[i] = at;
    return (above - below) / (2 * STEP);
  }

  private double loss(Judge numeric) {
    numeric.run();
    return numeric.values(loss)[0];
  }
}

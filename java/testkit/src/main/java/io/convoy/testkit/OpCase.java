// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.graph.Value;
import java.util.List;
import java.util.function.Function;

/**
 * A small graph with data that can fail a wrong kernel.
 *
 * @param name what it is about, {@code family/what is special}
 * @param body builds the graph and returns what is fetched
 * @param tolerance how exact the fetches must be, and why
 * @param runs how often it is run, one run after the other; variables keep what updates wrote
 * @param differentiable whether the first fetch is differentiated and its gradients by {@link
 *     Scene#input} and {@link Scene#variable} are checked by finite differences: its data must keep
 *     away from kinks
 */
public record OpCase(
    String name,
    Function<Scene, List<Value>> body,
    Tolerance tolerance,
    int runs,
    boolean differentiable) {

  /** A second run finds outputs that should have been cleared, and inputs that were overwritten. */
  private static final int RUNS = 2;

  /**
   * Makes a case without gradient.
   *
   * @param name what it is about
   * @param tolerance how exact
   * @param body builds the graph
   * @return the case
   */
  public static OpCase of(String name, Tolerance tolerance, Function<Scene, List<Value>> body) {
    return new OpCase(name, body, tolerance, RUNS, false);
  }

  /**
   * Makes a case whose gradient is checked too.
   *
   * @param name what it is about
   * @param tolerance how exact
   * @param body builds the graph
   * @return the case
   */
  public static OpCase smooth(String name, Tolerance tolerance, Function<Scene, List<Value>> body) {
    return of(name, tolerance, body).smooth();
  }

  /**
   * Has the gradient checked too.
   *
   * @return the changed case
   */
  public OpCase smooth() {
    return new OpCase(name, body, tolerance, runs, true);
  }

  /**
   * Changes the number of runs.
   *
   * @param count how often
   * @return the changed case
   */
  public OpCase runs(int count) {
    return new OpCase(name, body, tolerance, count, differentiable);
  }

  @Override
  public String toString() {
    return name;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;

/** A figure of merit, a number for each instance; reported is the mean over instances. */
public interface Metric {
  /**
   * Returns what it is called in histories and files.
   *
   * @return Keras' name, such as {@code accuracy}
   */
  String name();

  /**
   * Tells which way is better, for callbacks that wait for an improvement.
   *
   * @return true, unless a metric says that it is to fall
   */
  default boolean higherIsBetter() {
    return true;
  }

  /**
   * Adds the metric to a graph.
   *
   * @param labels the loss' labels
   * @param predictions the network's output
   * @return FLOAT32 {@code [N]}
   */
  Value perInstance(Value labels, Value predictions);
}

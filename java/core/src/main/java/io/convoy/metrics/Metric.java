// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.graph.Value;

/**
 * A figure of merit. Numbers of each instance are summed over all of an epoch or an evaluation, on
 * the device, and the metric is made of the sums when it is read: so it is of the whole set, never
 * a mean over batches. Sums are FLOAT32, which counts exactly up to 2^24, 16.7 million.
 */
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
   * Adds to a graph what is to be summed.
   *
   * @param labels the loss' labels
   * @param predictions the network's output
   * @return FLOAT32, {@code [N]} for one number an instance, {@code [N,K]} for several
   */
  Value perInstance(Value labels, Value predictions);

  /**
   * Makes the metric of the sums: the mean over instances, unless a metric says otherwise.
   *
   * @param sums of {@link #perInstance} over all instances, as many as it has numbers
   * @param instances how many that were, at least 1
   * @return the metric of these instances
   */
  default double result(float[] sums, long instances) {
    return sums[0] / (double) instances;
  }
}

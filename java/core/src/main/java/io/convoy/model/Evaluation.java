// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.util.Map;

/**
 * How a model does on a data set.
 *
 * @param loss mean over instances
 * @param metrics of all instances, by name, in the order of compilation
 */
public record Evaluation(double loss, Map<String, Double> metrics) {
  /**
   * Returns the accuracy.
   *
   * @return a share, from 0 to 1
   * @throws IllegalStateException if the model was compiled without it
   */
  public double accuracy() {
    Double accuracy = metrics.get("accuracy");
    if (accuracy == null) {
      throw new IllegalStateException(
          "the model was compiled without the metric accuracy; it has " + metrics.keySet());
    }
    return accuracy;
  }
}

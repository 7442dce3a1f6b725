// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.Dataset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What the loss of each instance of a data set is multiplied by. */
final class InstanceWeights {
  private InstanceWeights() {}

  /**
   * The weights of instances times those of their classes, 1 where there is none; empty if all are
   * 1.
   */
  static Optional<float[]> of(Dataset data, Map<Integer, Double> byClass) {
    if (!data.isWeighted() && byClass.isEmpty()) {
      return Optional.empty();
    }
    float[] weights = new float[data.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (data.weight(i) * byClass.getOrDefault(data.label(i), 1.0));
    }
    return Optional.of(weights);
  }

  static float[] ones(int size) {
    float[] weights = new float[size];
    Arrays.fill(weights, 1);
    return weights;
  }
}

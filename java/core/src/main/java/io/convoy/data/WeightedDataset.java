// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

/**
 * Another dataset with a weight for each instance. It is no record: weights must not be changed.
 */
final class WeightedDataset implements DatasetView {
  private final Dataset whole;
  private final float[] weights;

  WeightedDataset(Dataset whole, float[] weights) {
    if (weights.length != whole.size()) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + whole.size() + " instances; each wants one");
    }
    for (int i = 0; i < weights.length; i++) {
      ClassWeights.require("instance", i, weights[i]);
    }
    this.whole = whole;
    this.weights = weights.clone();
  }

  static float[] weightsOf(Dataset data) {
    float[] weights = new float[data.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = data.weight(i);
    }
    return weights;
  }

  @Override
  public Dataset whole() {
    return whole;
  }

  @Override
  public boolean isWeighted() {
    return true;
  }

  @Override
  public float weight(int index) {
    return weights[index];
  }
}

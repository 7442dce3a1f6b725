// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.util.Map;
import java.util.TreeMap;

/** Weights of classes, by which training makes up for how often they occur. */
public final class ClassWeights {
  private ClassWeights() {}

  /**
   * Weighs each class by how rare it is: n / (k count), for n instances in all, k classes that
   * occur, and count instances of the class. That is scikit-learn's {@code
   * compute_class_weight("balanced")}; all weights are 1 if there is as much of each class, and the
   * mean weight of an instance is 1 in any case.
   *
   * @param data whose classes are counted
   * @return the weight of each class that occurs, by its label
   */
  public static Map<Integer, Double> balanced(Dataset data) {
    int[] counts = data.classCounts();
    int occurring = 0;
    for (int count : counts) {
      occurring += count > 0 ? 1 : 0;
    }
    Map<Integer, Double> weights = new TreeMap<>();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        weights.put(c, data.size() / ((double) occurring * counts[c]));
      }
    }
    return weights;
  }

  /**
   * Checks a weight.
   *
   * @param of what is weighed, such as {@code class}
   * @param index which of them
   * @param weight its weight
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public static void require(String of, int index, double weight) {
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the weight of "
              + of
              + " "
              + index
              + " is "
              + weight
              + "; weights are finite and at least 0");
    }
  }
}

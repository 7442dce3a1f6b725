// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import java.util.Arrays;

/**
 * The area under the ROC curve of two classes: the probability that a random positive instance has
 * a higher score than a random negative one, where equal scores count half.
 *
 * <p>It is the Mann-Whitney statistic (Fawcett 2006, An introduction to ROC analysis, section 7),
 * counted in whole numbers, so that it is exact but for one rounding; Keras' {@code AUC} adds up
 * the curve at some thresholds.
 */
public final class RocAuc {
  private RocAuc() {}

  /**
   * Measures how well scores tell two classes apart.
   *
   * @param scores {@code [instances]}, higher for positive ones; infinite ones rank as such
   * @param labels {@code [instances]}, 1 for positive and 0 for negative
   * @return the area: 1 if all positives score higher than all negatives, 0.5 by chance
   * @throws IllegalArgumentException if the counts differ, a score is NaN, a label is neither 0 nor
   *     1, or one of the classes is missing
   */
  public static double of(float[] scores, int[] labels) {
    check(scores, labels);
    return area(ofClass(0, scores, labels), ofClass(1, scores, labels));
  }

  private static double area(float[] negatives, float[] positives) {
    Arrays.sort(negatives);
    Arrays.sort(positives);
    int below = 0;
    int notAbove = 0;
    long halves = 0; // 2 for each pair in the right order, 1 for each tie
    for (float positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= positive) {
        notAbove++;
      }
      halves += below + (long) notAbove;
    }
    return halves / (2.0 * negatives.length * positives.length);
  }

  private static float[] ofClass(int wanted, float[] scores, int[] labels) {
    float[] some = new float[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] == wanted) {
        some[count++] = scores[i];
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          "none of "
              + labels.length
              + " labels is "
              + wanted
              + ": the area under the ROC curve wants instances of both classes");
    }
    return Arrays.copyOf(some, count);
  }

  private static void check(float[] scores, int[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(
          scores.length + " scores, " + labels.length + " labels; each instance wants one of each");
    }
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "the score of instance " + i + " is NaN, which has no rank; are the weights finite?");
      }
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException(
            "the label of instance " + i + " is " + labels[i] + "; of two classes it is 0 or 1");
      }
    }
  }
}

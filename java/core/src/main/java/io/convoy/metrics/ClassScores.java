// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

/**
 * How well a class is recognised, or classes on average; defined as by scikit-learn's {@code
 * precision_recall_fscore_support}, with 0 where a denominator is 0.
 *
 * @param precision share of the class among what is predicted as it; 0 if nothing is
 * @param recall share of the class that is predicted as it; 0 if there is none of it
 * @param f1 harmonic mean of precision and recall; 0 if both are
 * @param support instances of the class, or of all classes
 */
public record ClassScores(double precision, double recall, double f1, long support) {
  static ClassScores of(long right, long predicted, long support) {
    return new ClassScores(
        share(right, predicted),
        share(right, support),
        share(2 * right, predicted + support),
        support);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  ClassScores plus(ClassScores other, double weight) {
    return new ClassScores(
        precision + weight * other.precision,
        recall + weight * other.recall,
        f1 + weight * other.f1,
        support + other.support);
  }
}

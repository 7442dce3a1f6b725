// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.util.Arrays;

/** Conditions on the data of a dataset. */
final class Instances {
  private static final int LEAST_CLASSES = 2;

  /** Labels beyond it are identifiers, not indices, for which a network would have no room. */
  private static final int MOST_CLASSES = 1_000_000;

  private Instances() {}

  /**
   * Checks labels and the count of values, and returns the values an instance.
   *
   * @throws IllegalArgumentException if something does not fit
   */
  static int check(Shape instanceShape, int classes, int values, int[] labels) {
    long each = instanceShape.elements();
    if (labels.length == 0 || each == 0) {
      throw new IllegalArgumentException(
          labels.length + " instances of shape " + instanceShape + ": there is nothing in them");
    }
    if (each * labels.length != values) {
      throw new IllegalArgumentException(
          String.format(
              "%d labels for instances of shape %s want %d values, there are %d",
              labels.length, instanceShape, each * labels.length, values));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            String.format(
                "instance %d has label %d; with %d classes labels are 0 to %d",
                i, labels[i], classes, classes - 1));
      }
    }
    return (int) each;
  }

  /** Counts the classes of labels: the greatest and 1 more, at least 2. */
  static int countClasses(int[] labels) {
    int greatest = Arrays.stream(labels).max().orElse(0);
    if (greatest >= MOST_CLASSES) {
      throw new IllegalArgumentException(
          "a label is " + greatest + "; number the classes from 0, at most " + MOST_CLASSES);
    }
    return Math.max(LEAST_CLASSES, 1 + greatest);
  }
}

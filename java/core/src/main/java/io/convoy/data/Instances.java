// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;

/** Conditions on the data of a dataset. */
final class Instances {
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
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.metrics.Metric;
import io.convoy.model.EpochResult;

/**
 * What a callback watches.
 *
 * @param name as in {@link EpochResult#logs}
 * @param rises whether higher is better
 */
record Monitor(String name, boolean rises) {
  private static final String LOSS = "loss";

  /** Finds what is watched among what the fit's epochs will bring. */
  static Monitor of(String name, Fit fit) {
    boolean validation = name.startsWith(EpochResult.VALIDATION_PREFIX);
    if (validation && !fit.validates()) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' can't be monitored: there is no validation. Give the fit a validation set or"
              + " split, or monitor '"
              + LOSS
              + "'");
    }
    String figure = validation ? name.substring(EpochResult.VALIDATION_PREFIX.length()) : name;
    return new Monitor(name, rises(figure, fit));
  }

  private static boolean rises(String figure, Fit fit) {
    if (figure.equals(LOSS)) {
      return false;
    }
    for (Metric metric : fit.model().metrics()) {
      if (metric.name().equals(figure)) {
        return metric.higherIsBetter();
      }
    }
    throw new IllegalArgumentException(
        "'"
            + figure
            + "' can't be monitored: the model has the loss and the metrics "
            + fit.model().metrics().stream().map(Metric::name).toList()
            + ". Monitor one of them, or compile the model with it");
  }

  double of(EpochResult result) {
    return result.logs().get(name);
  }

  /** The value that every other improves on. */
  double worst() {
    return rises ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Tells whether a value is better than another by more than some amount. */
  boolean isBetter(double value, double than, double minDelta) {
    return rises ? value > than + minDelta : value < than - minDelta;
  }
}

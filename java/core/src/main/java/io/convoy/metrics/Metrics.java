// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import io.convoy.ops.Activation;
import java.util.List;
import java.util.stream.Collectors;

/** The metrics, with Keras' names. */
public final class Metrics {
  /** Share of instances whose largest prediction, the first of equals, is the label's class. */
  public static final Metric ACCURACY = new TopKAccuracy(1);

  /** Share of outputs on the right side of 0.5. */
  public static final Metric BINARY_ACCURACY = new BinaryAccuracy();

  /** Mean of (prediction - label)^2 over the outputs of an instance; labels are dense. */
  public static final Metric MEAN_SQUARED_ERROR =
      new MeanError("mean_squared_error", Activation.of(Activation.Kind.SQUARE));

  /** Mean of |prediction - label| over the outputs of an instance; labels are dense. */
  public static final Metric MEAN_ABSOLUTE_ERROR =
      new MeanError("mean_absolute_error", Activation.of(Activation.Kind.ABS));

  private static final List<Metric> FIXED =
      List.of(ACCURACY, BINARY_ACCURACY, MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR);
  private static final String TOP = "top_";
  private static final String ACCURACY_SUFFIX = "_accuracy";

  private Metrics() {}

  /**
   * Share of instances whose label's class is among the k largest predictions.
   *
   * @param k how many, at least 1
   * @return the metric
   */
  public static Metric topKAccuracy(int k) {
    return new TopKAccuracy(k);
  }

  /**
   * Finds a metric by its name.
   *
   * @param name what {@link Metric#name} returned
   * @return the metric
   * @throws IllegalArgumentException if there is none
   */
  public static Metric byName(String name) {
    for (Metric metric : FIXED) {
      if (metric.name().equals(name)) {
        return metric;
      }
    }
    if (name.matches(TOP + "[1-9][0-9]{0,5}" + ACCURACY_SUFFIX)) {
      int end = name.length() - ACCURACY_SUFFIX.length();
      return topKAccuracy(Integer.parseInt(name.substring(TOP.length(), end)));
    }
    throw new IllegalArgumentException(
        "metric '"
            + name
            + "' is unknown; there are "
            + FIXED.stream().map(Metric::name).collect(Collectors.joining(", "))
            + ", top_K_accuracy");
  }
}

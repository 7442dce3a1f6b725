// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

/** The metrics, with Keras' names. */
public final class Metrics {
  /** Share of instances whose largest prediction, the first of equals, is the label's class. */
  public static final Metric ACCURACY = new TopKAccuracy(1);

  /** Share of outputs on the right side of 0.5. */
  public static final Metric BINARY_ACCURACY = new BinaryAccuracy();

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
    if (name.equals(ACCURACY.name())) {
      return ACCURACY;
    }
    if (name.equals(BINARY_ACCURACY.name())) {
      return BINARY_ACCURACY;
    }
    if (name.matches(TOP + "[1-9][0-9]{0,5}" + ACCURACY_SUFFIX)) {
      int end = name.length() - ACCURACY_SUFFIX.length();
      return topKAccuracy(Integer.parseInt(name.substring(TOP.length(), end)));
    }
    throw new IllegalArgumentException(
        "metric '" + name + "' is unknown; there are accuracy, binary_accuracy, top_K_accuracy");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.util.Arrays;

/** Order statistics of measurements. */
public final class Samples {
  /** Makes the median absolute deviation of normal data equal to its standard deviation. */
  private static final double TO_SIGMA = 1.4826;

  private Samples() {}

  /**
   * Returns the middle.
   *
   * @param samples at least one
   * @return the median, for even counts the mean of the two in the middle
   * @throws IllegalArgumentException if there is none
   */
  public static double median(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("no samples");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * Returns how far samples scatter: the median absolute deviation, scaled to a standard deviation,
   * as a share of the median. One wild sample does not change it.
   *
   * @param samples at least one
   * @return 0 for equal samples; 0 if the median is 0
   */
  public static double spread(double... samples) {
    double median = median(samples);
    if (median == 0) {
      return 0;
    }
    double[] deviations = Arrays.stream(samples).map(s -> Math.abs(s - median)).toArray();
    return TO_SIGMA * median(deviations) / Math.abs(median);
  }
}

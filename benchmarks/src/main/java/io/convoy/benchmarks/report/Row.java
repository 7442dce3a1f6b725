// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * One measured number.
 *
 * @param id what was measured, such as {@code net/workshop/train}
 * @param subject who did it: a device such as {@code cpu}, or a framework
 * @param library the versions behind the subject, in words
 * @param parameters what else was chosen, such as the batch size
 * @param threads how many threads computed
 * @param unit what is counted
 * @param samples the measurements, in order
 * @param median their median
 * @param spread their scatter as a share of the median, see {@link Samples#spread}
 * @param ceiling what the machine can do at most
 * @param share the median's part of the ceiling, 0 without a ceiling
 * @param origin where it was measured
 */
public record Row(
    String id,
    String subject,
    String library,
    Map<String, String> parameters,
    int threads,
    Unit unit,
    double[] samples,
    double median,
    double spread,
    Ceiling ceiling,
    double share,
    Origin origin) {

  /**
   * A row without a ceiling.
   *
   * @param id what was measured
   * @param subject who did it
   * @param library the versions behind the subject
   * @param parameters what else was chosen
   * @param threads how many threads computed
   * @param unit what is counted
   * @param samples the measurements, at least one
   * @param origin where it was measured
   * @return the row
   */
  public static Row of(
      String id,
      String subject,
      String library,
      Map<String, String> parameters,
      int threads,
      Unit unit,
      double[] samples,
      Origin origin) {
    return new Row(
        id,
        subject,
        library,
        new TreeMap<>(parameters),
        threads,
        unit,
        samples,
        Samples.median(samples),
        Samples.spread(samples),
        Ceiling.NONE,
        0,
        origin);
  }

  /**
   * Sets it beside what the machine can do.
   *
   * @param limit which ceiling
   * @param part the median's part of it, 1 for all
   * @return the row with its share
   */
  public Row under(Ceiling limit, double part) {
    return new Row(
        id,
        subject,
        library,
        parameters,
        threads,
        unit,
        samples,
        median,
        spread,
        limit,
        part,
        origin);
  }

  /**
   * Returns what makes rows of two runs the same measurement.
   *
   * @return id, subject, threads and parameters
   */
  public String key() {
    return id + " " + subject + " threads=" + threads + " " + new TreeMap<>(parameters);
  }
}

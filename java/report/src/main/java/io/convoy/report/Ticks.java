// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param from multiple of the step at or below the least value
 * @param step from tick to tick
 * @param count ticks, at least 2
 */
record Ticks(double from, double step, int count) {
  private static final double ROUNDING = 1e-9;

  /**
   * Covers a range with about so many steps; a range of no length becomes one around its value.
   *
   * @param least the least step, such as 1 for whole numbers
   */
  static Ticks covering(double low, double high, int steps, double least) {
    double margin = high > low ? 0 : Math.max(Math.abs(low) * 0.1, least > 0 ? least / 2 : 0.1);
    double step = Math.max(least, round((high - low + 2 * margin) / steps));
    double from = Math.floor((low - margin) / step + ROUNDING) * step;
    int count = (int) Math.ceil((high + margin - from) / step - ROUNDING) + 1;
    return new Ticks(from, step, count);
  }

  /** The round number at or above. */
  private static double round(double raw) {
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double digits = raw / power - ROUNDING;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  double to() {
    return from + (count - 1) * step;
  }

  List<Double> values() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(from + i * step);
    }
    return values;
  }

  /** Writes a tick with as many decimals as the step has. */
  String label(double value) {
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + ROUNDING));
    return Words.fixed(value + 0.0, decimals);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, 0.0, 1.0, 0.2",
    "1, 10, 1, 0, 10, 2",
    "1, 3, 1, 1, 3, 1",
    "0.01, 0.093, 0, 0.00, 0.10, 0.02",
    "0.9871, 0.9912, 0, 0.987, 0.992, 0.001",
    "-3, 250, 0, -100, 300, 100",
    "1e-7, 1.1e-7, 0, 0.000000100, 0.000000110, 0.000000002"
  })
  void theyAreRoundAndCoverTheRange(
      double low, double high, double least, String first, String last, double step) {
    Ticks ticks = Ticks.covering(low, high, 5, least);
    assertEquals(step, ticks.step(), step * 1e-6);
    assertEquals(first, ticks.label(ticks.values().get(0)));
    assertEquals(last, ticks.label(ticks.to()));
    assertEquals(ticks.to(), ticks.values().get(ticks.count() - 1));
  }

  @Test
  void aSingleValueHasTicksAroundIt() {
    for (double value : new double[] {0, 1, -5, 1e6, 1e-6}) {
      Ticks ticks = Ticks.covering(value, value, 5, 0);
      assertTrue(ticks.from() < value && value < ticks.to(), ticks.toString());
      assertTrue(ticks.count() < 10, ticks.toString());
    }
  }
}

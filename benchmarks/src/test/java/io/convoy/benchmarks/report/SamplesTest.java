// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The order statistics. */
class SamplesTest {
  @Test
  void medianIsTheMiddle() {
    assertEquals(2, Samples.median(3, 1, 2));
    assertEquals(2.5, Samples.median(4, 1, 2, 3));
    assertEquals(7, Samples.median(7));
  }

  @Test
  void medianOfNothingIsAnError() {
    assertThrows(IllegalArgumentException.class, Samples::median);
  }

  @Test
  void spreadIsTheScaledDeviationAsAShare() {
    // median 100, deviations 10, 5, 0, 5, 10: their median is 5
    assertEquals(1.4826 * 5 / 100, Samples.spread(90, 95, 100, 105, 110), 1e-12);
  }

  @Test
  void oneWildSampleDoesNotChangeTheSpread() {
    assertEquals(Samples.spread(90, 95, 100, 105, 110), Samples.spread(90, 95, 100, 105, 9999));
  }

  @Test
  void equalSamplesDoNotSpread() {
    assertEquals(0, Samples.spread(5, 5, 5));
    assertEquals(0, Samples.spread(0, 0));
  }
}

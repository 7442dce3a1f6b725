// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {
  private static final double ULPS = 8 * 0x1p-52;

  /** Values from the Maclaurin series of erf in 120 decimal digits. */
  @ParameterizedTest
  @CsvSource({
    "0,      0,                   1",
    "0.1,    0.1124629160182849,  0.887537083981715158",
    "0.5,    0.52049987781304652, 0.479500122186953481",
    "0.9375, 0.81510240103439979, 0.184897598965600207",
    "1,      0.84270079294971489, 0.157299207050285134",
    "1.5,    0.96610514647531076, 0.0338948535246892738",
    "2,      0.99532226501895271, 0.00467773498104726623",
    "3,      0.99997790950300136, 2.20904969985854412e-5",
    "5,      0.99999999999846256, 1.53745979442803494e-12",
  })
  void knownValues(double z, double erf, double erfc) {
    assertEquals(erf, ErrorFunction.erf(z), ULPS);
    assertEquals(-erf, ErrorFunction.erf(-z), ULPS);
    assertEquals(erfc, ErrorFunction.erfc(z), ULPS * erfc);
    assertEquals(1 + erf, ErrorFunction.erfc(-z), 2 * ULPS);
    assertEquals(erfc / 2, ErrorFunction.normalCdf(-z * Math.sqrt(2)), 4 * ULPS * erfc);
  }

  /** The two formulas must meet where one takes over from the other. */
  @ParameterizedTest
  @CsvSource({"1, 0x1p-50", "-1, 0x1p-50"})
  void noStepBetweenSeriesAndFraction(double at, double step) {
    double slope = 2 / Math.sqrt(Math.PI) * Math.exp(-1);
    double difference = ErrorFunction.erf(at + step) - ErrorFunction.erf(at - step);
    assertEquals(2 * step * slope, difference, ULPS);
  }
}

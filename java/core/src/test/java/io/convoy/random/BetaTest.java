// SPDX-License-Identifier: Apache-2.0
package io.convoy.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BetaTest {
  private static final int COUNT = 1025;

  /** Where the distribution function has a closed form. */
  @Test
  void quantilesAreThoseOfKnownDistributions() {
    expect(0.5, x -> 2 / Math.PI * Math.asin(Math.sqrt(x)));
    expect(1, x -> x);
    expect(2, x -> x * x * (3 - 2 * x));
    expect(3, x -> x * x * x * (10 + x * (6 * x - 15)));
    expect(4, x -> Math.pow(x, 4) * (35 - 84 * x + 70 * x * x - 20 * x * x * x));
  }

  private static void expect(double alpha, DoubleUnaryOperator distribution) {
    float[] quantiles = Beta.quantiles(alpha, COUNT);
    for (int i = 0; i < COUNT; i++) {
      double share = distribution.applyAsDouble(quantiles[i]);
      assertEquals(i / (double) (COUNT - 1), share, 1e-4, alpha + " at " + i);
    }
  }

  /** The variance of Beta(a, a) is 1 / (4 (2 a + 1)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.2, 0.4, 1.5, 4})
  void theyGrowAreSymmetricAndHaveTheVariance(double alpha) {
    float[] quantiles = Beta.quantiles(alpha, COUNT);
    double variance = 0;
    for (int i = 0; i < COUNT; i++) {
      assertTrue(i == 0 || quantiles[i] >= quantiles[i - 1], "at " + i);
      assertEquals(1, quantiles[i] + quantiles[COUNT - 1 - i], 1e-6);
      variance += Math.pow(quantiles[i] - 0.5, 2) / COUNT;
    }
    assertEquals(0, quantiles[0]);
    assertEquals(0.5, quantiles[COUNT / 2]);
    assertEquals(1 / (4 * (2 * alpha + 1)), variance, 1e-3);
  }

  @Test
  void alphaIsChecked() {
    for (double alpha : new double[] {0, -1, 4.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Beta.quantiles(alpha, COUNT));
    }
  }
}

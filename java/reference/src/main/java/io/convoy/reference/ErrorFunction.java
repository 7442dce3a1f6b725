// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

/**
 * The error function to double precision, from Abramowitz and Stegun, "Handbook of Mathematical
 * Functions" (1964), chapter 7.
 */
final class ErrorFunction {
  /** At 1 the series still loses no digit in 1 - erf, and the fraction converges already. */
  private static final double SERIES_BELOW = 1;

  /** Enough at z = 1, where the fraction converges slowest: 100 more change no bit. */
  private static final int FRACTION_DEPTH = 200;

  private ErrorFunction() {}

  /** The normal distribution's Phi(x), with full relative precision in its lower tail. */
  static double normalCdf(double x) {
    return erfc(-x / Math.sqrt(2)) / 2;
  }

  /** The normal distribution's density. */
  static double normalDensity(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  static double erf(double z) {
    return Math.abs(z) < SERIES_BELOW ? series(z) : Math.signum(z) * (1 - fraction(Math.abs(z)));
  }

  /** 1 - erf(z), without cancellation for large z. */
  static double erfc(double z) {
    if (Math.abs(z) < SERIES_BELOW) {
      return 1 - series(z);
    }
    return z > 0 ? fraction(z) : 2 - fraction(-z);
  }

  /** Formula 7.1.6: erf z = 2/sqrt(pi) e^(-z^2) sum over n of 2^n z^(2n+1) / (1 3 5 ... (2n+1)). */
  private static double series(double z) {
    double term = z;
    double sum = 0;
    for (int n = 1; sum + term != sum; n++) {
      sum += term;
      term *= 2 * z * z / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-z * z) * sum;
  }

  /** Formula 7.1.14: sqrt(pi) e^(z^2) erfc z = 1/(z+ (1/2)/(z+ 1/(z+ (3/2)/(z+ 2/(z+ ...))))). */
  private static double fraction(double z) {
    double tail = z;
    for (int n = FRACTION_DEPTH; n > 0; n--) {
      tail = z + n / 2.0 / tail;
    }
    return Math.exp(-z * z) / (Math.sqrt(Math.PI) * tail);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.random;

/** The symmetric beta distribution, density proportional to (x (1 - x))^(alpha - 1) on [0, 1]. */
public final class Beta {
  /** Largest alpha for which {@link #STEPS} give probabilities exact to 1e-4. */
  private static final double MAX_ALPHA = 4;

  private static final int STEPS = 1 << 16;

  private Beta() {}

  /**
   * Computes quantiles.
   *
   * <p>With s = x^alpha, P(X &lt; x) is proportional to the integral of (1 - s^(1 / alpha))^(alpha
   * - 1) up to s, whose integrand is smooth up to x = 1/2; the other half is symmetric.
   *
   * @param alpha above 0, at most 4
   * @param count how many, odd
   * @return the x with P(X &lt; x) = i / (count - 1) for i = 0 to count - 1
   * @throws IllegalArgumentException if alpha is out of its range
   */
  public static float[] quantiles(double alpha, int count) {
    requireAlpha(alpha);
    double[] integral = integral(alpha);
    float[] quantiles = new float[count];
    int middle = count / 2;
    int k = 0;
    for (int i = 0; i <= middle; i++) {
      double wanted = integral[STEPS] * i / middle;
      while (k < STEPS - 1 && integral[k + 1] < wanted) {
        k++;
      }
      double step = k + (wanted - integral[k]) / (integral[k + 1] - integral[k]);
      double x = 0.5 * Math.pow(step / STEPS, 1 / alpha);
      quantiles[i] = (float) x;
      quantiles[count - 1 - i] = (float) (1 - x);
    }
    return quantiles;
  }

  /**
   * Checks a parameter.
   *
   * @param alpha of a distribution
   * @throws IllegalArgumentException if it is not above 0 and at most 4
   */
  public static void requireAlpha(double alpha) {
    if (!(alpha > 0 && alpha <= MAX_ALPHA)) {
      throw new IllegalArgumentException(
          "alpha of the beta distribution must be in (0, 4], is " + alpha);
    }
  }

  /** The integral, without a constant factor, up to s = 2^-alpha k / STEPS, by midpoints. */
  private static double[] integral(double alpha) {
    double[] integral = new double[STEPS + 1];
    for (int k = 0; k < STEPS; k++) {
      double x = 0.5 * Math.pow((k + 0.5) / STEPS, 1 / alpha);
      integral[k + 1] = integral[k] + Math.pow(1 - x, alpha - 1);
    }
    return integral;
  }
}

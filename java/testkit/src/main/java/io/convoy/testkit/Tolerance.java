// SPDX-License-Identifier: Apache-2.0
package io.convoy.testkit;

import io.convoy.tensor.DType;
import io.convoy.tensor.HalfFloat;

/**
 * How far a float32 result may be from the double one: absolute + relative |expected|.
 *
 * @param absolute the part for results near 0, where terms of magnitude 1 cancel
 * @param relative the part for large results
 * @param reason why these numbers and not smaller ones
 */
public record Tolerance(double absolute, double relative, String reason) {
  /** PyTorch's {@code assert_close} allows float32 the same 1e-5 and 1.3e-6, 11 times 2^-23. */
  private static final double ABSOLUTE = 1e-5;

  private static final double RELATIVE = 1.3e-6;

  /**
   * For a few roundings an element.
   *
   * @return 1e-5 + 1.3e-6 |expected|
   */
  public static Tolerance elementwise() {
    return new Tolerance(ABSOLUTE, RELATIVE, "a few roundings an element, arguments around 1");
  }

  /**
   * For sums of terms around 1, in any order.
   *
   * @param terms number of terms
   * @return the elementwise tolerance times sqrt(terms)
   */
  public static Tolerance sum(long terms) {
    double growth = Math.sqrt(terms);
    return new Tolerance(
        ABSOLUTE * growth,
        RELATIVE * growth,
        "rounding errors of " + terms + " terms in any order grow as a random walk");
  }

  /**
   * For results that involve no rounding, or one that IEEE 754 prescribes.
   *
   * @return 0
   */
  public static Tolerance exact() {
    return new Tolerance(0, 0, "nothing is rounded but the result, as IEEE 754 says");
  }

  /**
   * For results that are rounded to 16 bits, as the judge's are: the two may fall on neighbours.
   *
   * @param type the type
   * @return one step of the type more; what is exact stays so
   */
  public Tolerance stored(DType type) {
    if (absolute == 0 && relative == 0) {
      return this;
    }
    double subnormal = HalfFloat.value(type, (short) 1);
    return new Tolerance(
        absolute + subnormal,
        relative + HalfFloat.step(type),
        reason + "; rounded to " + type + " behind it");
  }

  /**
   * For another magnitude.
   *
   * @param factor what both parts are multiplied by
   * @param why what makes the error larger
   * @return the wider tolerance
   */
  public Tolerance times(double factor, String why) {
    return new Tolerance(
        absolute * factor, relative * factor, reason + "; times " + factor + ": " + why);
  }

  double allowed(double expected) {
    return absolute + relative * Math.abs(expected);
  }
}

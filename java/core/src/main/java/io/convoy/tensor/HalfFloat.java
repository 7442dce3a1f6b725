// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensor;

/**
 * Numbers of 16 bits: {@link DType#BFLOAT16} and {@link DType#FLOAT16}. Rounding is to the nearest,
 * ties to even; what is too large becomes infinite; NaN stays NaN (IEEE 754-2019, sections 4.3.1
 * and 7.4).
 */
public final class HalfFloat {
  private static final int BITS = 16;
  private static final int NAN = 0x7fff;

  private HalfFloat() {}

  /**
   * How a type is laid out: a sign, then the exponent, then the significand without its first bit.
   *
   * @param fraction bits of the significand that are stored
   * @param least exponent of the smallest normal number
   */
  private record Format(int fraction, int least) {
    private static final Format BFLOAT16 = new Format(7, -126);
    private static final Format FLOAT16 = new Format(10, -14);

    static Format of(DType dtype) {
      return switch (dtype) {
        case BFLOAT16 -> BFLOAT16;
        case FLOAT16 -> FLOAT16;
        default -> throw new IllegalArgumentException(dtype + " has not 16 bits, or no fraction");
      };
    }

    /** The distance between neighbours at x. */
    double step(double x) {
      return Math.scalb(1.0, Math.max(Math.getExponent(x), least) - fraction);
    }

    double largest() {
      return Math.scalb(2 - Math.scalb(1.0, -fraction), 1 - least);
    }

    int infinity() {
      return (1 << BITS - 1) - (1 << fraction);
    }
  }

  /**
   * Returns the distance from 1 to the next larger number.
   *
   * @param dtype a type of 16 bits
   * @return 2^-7 for BFLOAT16, 2^-10 for FLOAT16
   */
  public static double step(DType dtype) {
    return Format.of(dtype).step(1);
  }

  /**
   * Rounds.
   *
   * @param dtype a type of 16 bits
   * @param x a number
   * @return the number of that type nearest to it
   */
  public static double round(DType dtype, double x) {
    Format format = Format.of(dtype);
    if (x == 0 || !Double.isFinite(x)) {
      return x;
    }
    double step = format.step(x);
    double rounded = Math.rint(x / step) * step;
    return Math.abs(rounded) > format.largest()
        ? Math.copySign(Double.POSITIVE_INFINITY, x)
        : rounded;
  }

  /**
   * Rounds and encodes.
   *
   * @param dtype a type of 16 bits
   * @param x a number
   * @return the bits of {@link #round}
   */
  public static short bits(DType dtype, double x) {
    Format format = Format.of(dtype);
    if (Double.isNaN(x)) {
      return NAN;
    }
    double rounded = round(dtype, x);
    int sign = Math.copySign(1, rounded) < 0 ? 1 << BITS - 1 : 0;
    if (Double.isInfinite(rounded)) {
      return (short) (sign | format.infinity());
    }
    // Steps below the exponent's first number count on from where its code stands.
    int exponent = Math.max(Math.getExponent(rounded), format.least());
    int steps = (int) (Math.abs(rounded) / format.step(rounded));
    return (short) (sign | (exponent - format.least() << format.fraction()) + steps);
  }

  /**
   * Decodes.
   *
   * @param dtype a type of 16 bits
   * @param bits a number of it
   * @return the number
   */
  public static double value(DType dtype, short bits) {
    Format format = Format.of(dtype);
    int magnitude = bits & NAN;
    double sign = bits < 0 ? -1 : 1;
    if (magnitude >= format.infinity()) {
      return magnitude == format.infinity() ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    int fraction = magnitude & (1 << format.fraction()) - 1;
    int exponent = magnitude >> format.fraction();
    int first = exponent == 0 ? 0 : 1 << format.fraction();
    int scale = Math.max(exponent, 1) - 1 + format.least() - format.fraction();
    return sign * Math.scalb((double) (first + fraction), scale);
  }
}

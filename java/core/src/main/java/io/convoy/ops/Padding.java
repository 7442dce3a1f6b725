// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

/**
 * How a window is moved over the edge of an image: TensorFlow's {@code VALID} and {@code SAME}, or
 * explicit amounts. Padded elements count as 0 in convolutions and don't count in pooling.
 *
 * @param mode which rule
 * @param top rows above, with {@link Mode#EXPLICIT} only
 * @param bottom rows below
 * @param left columns to the left
 * @param right columns to the right
 */
public record Padding(Mode mode, int top, int bottom, int left, int right) {
  /** No padding: windows lie inside the image. */
  public static final Padding VALID = new Padding(Mode.VALID, 0, 0, 0, 0);

  /** As much as makes the output ceil(input / stride) large; an odd pixel goes bottom/right. */
  public static final Padding SAME = new Padding(Mode.SAME, 0, 0, 0, 0);

  /** The rules. */
  public enum Mode {
    /** See {@link Padding#VALID}. */
    VALID,
    /** See {@link Padding#SAME}. */
    SAME,
    /** Amounts given per side. */
    EXPLICIT
  }

  /**
   * Checks that no amount is negative.
   *
   * @param mode the component
   * @param top the component
   * @param bottom the component
   * @param left the component
   * @param right the component
   */
  public Padding {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException("padding must not be negative");
    }
  }

  /**
   * Pads by explicit amounts.
   *
   * @param top rows above
   * @param bottom rows below
   * @param left columns to the left
   * @param right columns to the right
   * @return the padding
   */
  public static Padding explicit(int top, int bottom, int left, int right) {
    return new Padding(Mode.EXPLICIT, top, bottom, left, right);
  }

  @Override
  public String toString() {
    return mode == Mode.EXPLICIT
        ? "[" + top + "," + bottom + "," + left + "," + right + "]"
        : mode.name();
  }
}

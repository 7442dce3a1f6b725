// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

/**
 * Which pooling.
 *
 * @param kind what is taken from a window
 * @param windowH rows of the window
 * @param windowW columns of the window
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 * @param padding what happens at the edge; padded elements don't count
 */
public record PoolSpec(
    Kind kind, int windowH, int windowW, int strideH, int strideW, Padding padding) {
  /** What is taken from a window. */
  public enum Kind {
    /** The largest element; its gradient goes to the first of equals in row-major order. */
    MAX,
    /** The smallest element; its gradient goes to the first of equals in row-major order. */
    MIN,
    /** The mean of the elements that lie inside the image. */
    AVERAGE
  }

  /**
   * Checks that all numbers are positive.
   *
   * @param kind the component
   * @param windowH the component
   * @param windowW the component
   * @param strideH the component
   * @param strideW the component
   * @param padding the component
   */
  public PoolSpec {
    Checks.check(windowH > 0 && windowW > 0, "the window must not be empty");
    Checks.check(strideH > 0 && strideW > 0, "strides must be positive");
    if (padding.mode() == Padding.Mode.EXPLICIT) {
      // A window that lies in the padding alone would have no element to take.
      Checks.check(
          Math.max(padding.top(), padding.bottom()) < windowH
              && Math.max(padding.left(), padding.right()) < windowW,
          "the padding " + padding + " must be smaller than the window");
    }
  }

  /**
   * Places the window on the rows.
   *
   * @param height rows of the image
   * @return the windows
   * @throws IllegalArgumentException if the window does not fit
   */
  public Window rows(int height) {
    return Window.place(
        height, windowH, strideH, 1, padding.mode(), padding.top(), padding.bottom());
  }

  /**
   * Places the window on the columns.
   *
   * @param width columns of the image
   * @return the windows
   * @throws IllegalArgumentException if the window does not fit
   */
  public Window columns(int width) {
    return Window.place(
        width, windowW, strideW, 1, padding.mode(), padding.left(), padding.right());
  }

  @Override
  public String toString() {
    return kind
        + " "
        + windowH
        + "x"
        + windowW
        + " stride "
        + strideH
        + "x"
        + strideW
        + " "
        + padding;
  }
}

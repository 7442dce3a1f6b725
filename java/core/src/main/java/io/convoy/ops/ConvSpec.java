// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

/**
 * What all three passes of a convolution share.
 *
 * @param strideH rows from one window to the next
 * @param strideW columns from one window to the next
 * @param padding what happens at the edge
 * @param dilationH rows from one tap to the next, 1 for a dense filter
 * @param dilationW columns from one tap to the next
 * @param groups number of independent groups of channels; as many as input channels: depthwise
 */
public record ConvSpec(
    int strideH, int strideW, Padding padding, int dilationH, int dilationW, int groups) {
  /**
   * Checks that all numbers are positive.
   *
   * @param strideH the component
   * @param strideW the component
   * @param padding the component
   * @param dilationH the component
   * @param dilationW the component
   * @param groups the component
   */
  public ConvSpec {
    Checks.check(strideH > 0 && strideW > 0, "strides must be positive");
    Checks.check(dilationH > 0 && dilationW > 0, "dilations must be positive");
    Checks.check(groups > 0, "groups must be positive");
  }

  /**
   * A convolution without dilation and groups.
   *
   * @param stride rows and columns from one window to the next
   * @param padding what happens at the edge
   * @return the spec
   */
  public static ConvSpec of(int stride, Padding padding) {
    return new ConvSpec(stride, stride, padding, 1, 1, 1);
  }

  /**
   * Places the filter on the rows.
   *
   * @param height rows of the image
   * @param filterHeight rows of the filter
   * @return the windows
   * @throws IllegalArgumentException if the filter does not fit
   */
  public Window rows(int height, int filterHeight) {
    return Window.place(
        height, filterHeight, strideH, dilationH, padding.mode(), padding.top(), padding.bottom());
  }

  /**
   * Places the filter on the columns.
   *
   * @param width columns of the image
   * @param filterWidth columns of the filter
   * @return the windows
   * @throws IllegalArgumentException if the filter does not fit
   */
  public Window columns(int width, int filterWidth) {
    return Window.place(
        width, filterWidth, strideW, dilationW, padding.mode(), padding.left(), padding.right());
  }

  @Override
  public String toString() {
    return "stride "
        + strideH
        + "x"
        + strideW
        + " "
        + padding
        + (dilationH * dilationW == 1 ? "" : " dilation " + dilationH + "x" + dilationW)
        + (groups == 1 ? "" : " groups " + groups);
  }
}

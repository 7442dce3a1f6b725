// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

/**
 * The sizes of a convolution as cuDNN has them: the same padding on both sides of an axis.
 *
 * @param batch N
 * @param height H, rows of x
 * @param width W, columns of x
 * @param channels C of x
 * @param filters K, channels of y
 * @param filterHeight kh
 * @param filterWidth kw
 * @param outHeight P, rows of y
 * @param outWidth Q, columns of y
 * @param padHeight rows of zeros above and below
 * @param padWidth columns of zeros on each side
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param dilationHeight rows from one tap to the next
 * @param dilationWidth columns from one tap to the next
 * @param groups independent groups of channels
 */
public record ConvolutionShape(
    int batch,
    int height,
    int width,
    int channels,
    int filters,
    int filterHeight,
    int filterWidth,
    int outHeight,
    int outWidth,
    int padHeight,
    int padWidth,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    int groups) {
  /**
   * Counts its arithmetic, in each pass the same: every pixel of y takes every weight of its filter
   * once, those that meet padding too.
   *
   * @return floating-point operations, a multiplication and an addition being 2
   */
  public long flops() {
    long pixels = (long) batch * outHeight * outWidth;
    return 2 * pixels * filters * filterHeight * filterWidth * (channels / groups);
  }

  @Override
  public String toString() {
    return "x[%d,%d,%d,%d] w[%d,%d,%d,%d] y[%d,%d,%d,%d] pad %dx%d stride %dx%d dilation %dx%d groups %d"
        .formatted(
            batch,
            height,
            width,
            channels,
            filters,
            filterHeight,
            filterWidth,
            channels / groups,
            batch,
            outHeight,
            outWidth,
            filters,
            padHeight,
            padWidth,
            strideHeight,
            strideWidth,
            dilationHeight,
            dilationWidth,
            groups);
  }
}

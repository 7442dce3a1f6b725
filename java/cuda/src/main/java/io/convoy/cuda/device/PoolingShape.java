// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

/**
 * The sizes of a pooling as cuDNN has them: the same padding on both sides of an axis.
 *
 * @param max the largest element, or else the mean of those inside the image
 * @param batch N
 * @param height H, rows of x
 * @param width W, columns of x
 * @param channels C
 * @param outHeight P, rows of y
 * @param outWidth Q, columns of y
 * @param windowHeight rows of the window
 * @param windowWidth columns of the window
 * @param padHeight rows above and below
 * @param padWidth columns on each side
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 */
public record PoolingShape(
    boolean max,
    int batch,
    int height,
    int width,
    int channels,
    int outHeight,
    int outWidth,
    int windowHeight,
    int windowWidth,
    int padHeight,
    int padWidth,
    int strideHeight,
    int strideWidth) {
  @Override
  public String toString() {
    return "%s x[%d,%d,%d,%d] y[%d,%d] window %dx%d pad %dx%d stride %dx%d"
        .formatted(
            max ? "max" : "average",
            batch,
            height,
            width,
            channels,
            outHeight,
            outWidth,
            windowHeight,
            windowWidth,
            padHeight,
            padWidth,
            strideHeight,
            strideWidth);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.ConvSpec;
import io.convoy.tensor.Shape;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The formats of a convolution's images. Row-major, oneDNN takes brgemm, which sums over channels
 * and starves where these are few; blocks of channels get its direct code. Microseconds on 2
 * AVX-512 cores, row-major against blocks:
 *
 * <pre>
 * images       channels  filter      forward     by image    by filter
 * 128 of 28x28  1 to 32  3x3       420 /  360                940 /  280
 * 64 of 32x32   3 to 32  3x3       360 /  300               1240 /  340
 * 64 of 28x28  32 to 32  3x3      2390 / 1960  2170 / 1960  2940 / 2070
 * 64 of 8x8    48 to 96  3x3       850 /  690   700 /  690  1020 /  800
 * </pre>
 *
 * <p>With 64 channels and more, row-major images win: a training step of ResNet-18 takes 483 ms
 * row-major and 488 in blocks. Only where 4x4 pixels or fewer come out, blocks win, but for the
 * gradient of filters without stride: 64 of 4x4, 512 to 512, 3x3, milliseconds: 9.9 / 9.4, 10.1 /
 * 8.3, 10.8 / 12.6; 64 of 8x8, 256 to 512, stride 2: 6.0 / 4.4, 6.9 / 6.7, 8.1 / 7.2. With few
 * channels inference wins nothing, since its filters are in the best layout already: the workshop's
 * net takes 2.25 ms row-major and 2.35 in blocks.
 *
 * @param x format of the images that are convolved
 * @param y format of what comes out
 */
record ConvolutionFormats(Format x, Format y) {
  private static final int ENOUGH_CHANNELS = 64;
  private static final int FEW_PIXELS = 16;
  private static final ConvolutionFormats ROW_MAJOR =
      new ConvolutionFormats(Format.NHWC, Format.NHWC);

  /** What is computed: what comes out, the gradient by the images, or that by the filter. */
  enum Pass {
    FORWARD,
    BY_IMAGE,
    BY_FILTER
  }

  /**
   * Chooses.
   *
   * @param training whether filters are learned
   * @param x shape of the images [N,H,W,C]
   * @param y shape of what comes out [N,P,Q,K]
   * @param liked what oneDNN likes best for two shapes, if it has a name here
   */
  static ConvolutionFormats of(
      Pass pass,
      boolean training,
      ConvSpec spec,
      Shape x,
      Shape y,
      BiFunction<Shape, Shape, Optional<ConvolutionFormats>> liked) {
    boolean few = training && (isPicture(x) ? y.dim(3) : x.dim(3)) < ENOUGH_CHANNELS;
    boolean strides = spec.strideH() * spec.strideW() > 1;
    boolean small = y.dim(1) * y.dim(2) <= FEW_PIXELS && !isPicture(x);
    boolean blocks = few || small && (pass != Pass.BY_FILTER || strides);
    if (spec.groups() > 1 || !blocks) {
      return ROW_MAJOR;
    }
    // There is no direct code that makes the gradient of a picture.
    boolean takesPicture = isPicture(x) && pass != Pass.BY_IMAGE;
    return liked
        .apply(x, y)
        .filter(f -> f.y().isBlocked() && (f.x().isBlocked() || takesPicture))
        .orElse(ROW_MAJOR);
  }

  /** The direct code has a form for pictures, which takes them channel after channel. */
  private static boolean isPicture(Shape x) {
    return x.dim(3) == 1 || x.dim(3) == 3;
  }
}

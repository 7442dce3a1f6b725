// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

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
 * <p>With 64 channels and more, row-major images win where they are large: a training step of
 * ResNet-18 takes 483 ms row-major and 488 in blocks. Inference wins nothing, since its filters are
 * in the best layout already: the workshop's net takes 2.25 ms row-major and 2.35 in blocks.
 *
 * @param x format of the images that are convolved
 * @param y format of what comes out
 */
record ConvolutionFormats(Format x, Format y) {
  private static final int ENOUGH_CHANNELS = 64;
  private static final ConvolutionFormats ROW_MAJOR =
      new ConvolutionFormats(Format.NHWC, Format.NHWC);

  /**
   * Chooses.
   *
   * @param training whether filters are learned
   * @param x shape of the images [N,H,W,C]
   * @param y shape of what comes out [N,P,Q,K]
   * @param liked what oneDNN likes best for two shapes, if it has a name here
   */
  static ConvolutionFormats of(
      boolean training,
      int groups,
      Shape x,
      Shape y,
      BiFunction<Shape, Shape, Optional<ConvolutionFormats>> liked) {
    int channels = x.dim(3);
    // The direct code has a form for pictures, which takes them channel after channel.
    boolean picture = channels == 1 || channels == 3;
    boolean few = (picture ? y.dim(3) : channels) < ENOUGH_CHANNELS;
    if (!training || groups > 1 || !few) {
      return ROW_MAJOR;
    }
    return liked
        .apply(x, y)
        .filter(f -> f.y().isBlocked() && (f.x().isBlocked() || picture))
        .orElse(ROW_MAJOR);
  }

  /** For the gradient by the image: there is no direct code that makes one of a picture. */
  ConvolutionFormats forImageGradient() {
    return x.isBlocked() ? this : ROW_MAJOR;
  }
}

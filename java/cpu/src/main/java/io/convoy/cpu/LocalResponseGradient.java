// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.LocalResponseNormalization;
import java.util.Arrays;

/**
 * The gradient of local response normalisation at a pixel, in loops that the JIT compiler
 * vectorises. It has working memory and so belongs to one thread.
 */
final class LocalResponseGradient {
  private final LocalResponseNormalization op;
  private final int radius;
  private final float[] x;
  private final float[] dy;
  private final float[] sums;
  private final float[] scales;

  /** A number a channel, and as many zeros as the radius in front and behind. */
  private final float[] padded;

  LocalResponseGradient(LocalResponseNormalization op, int channels) {
    this.op = op;
    this.radius = op.depthRadius(channels);
    x = new float[channels];
    dy = new float[channels];
    sums = new float[channels];
    scales = new float[channels];
    padded = new float[channels + 2 * radius];
  }

  /**
   * Computes the gradient at a pixel.
   *
   * @param memory x, dy, dx, each {@code [pixels, channels]}
   */
  void apply(Memory[] memory, int pixel) {
    int begin = pixel * x.length;
    memory[0].floats().get(begin, x);
    memory[1].floats().get(begin, dy);
    for (int c = 0; c < x.length; c++) {
      padded[radius + c] = x[c] * x[c];
    }
    sumNeighbours();
    for (int c = 0; c < x.length; c++) {
      float s = op.bias() + op.alpha() * sums[c];
      scales[c] = power(s);
      padded[radius + c] = dy[c] * x[c] * scales[c] / s;
    }
    sumNeighbours();
    float factor = 2 * op.alpha() * op.beta();
    for (int c = 0; c < x.length; c++) {
      x[c] = dy[c] * scales[c] - factor * x[c] * sums[c];
    }
    memory[2].floats().put(begin, x);
  }

  /** Adds up what stands in {@link #padded} at a channel and its neighbours. */
  private void sumNeighbours() {
    Arrays.fill(sums, 0);
    for (int k = 0; k <= 2 * radius; k++) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += padded[c + k];
      }
    }
  }

  /** s^-beta; for AlexNet's beta by roots. */
  private float power(float s) {
    return (float) (op.beta() == 0.75f ? 1 / Math.sqrt(s * Math.sqrt(s)) : Math.pow(s, -op.beta()));
  }
}

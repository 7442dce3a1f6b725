// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.AugmentDraw;
import io.convoy.ops.AugmentImages;
import java.util.Arrays;

/** Augments one image after the other. It has working memory and so belongs to one thread. */
final class ImageAugmenter {
  private final AugmentDraw draw;
  private final boolean recolours;
  private final boolean erases;
  private final int height;
  private final int width;
  private final int channels;
  private final float[] image;
  private final float[] changed;

  /** What is added to each element of a row. */
  private final float[] summands;

  ImageAugmenter(AugmentImages op, int height, int width, int channels) {
    this.draw = new AugmentDraw(op, height, width);
    this.recolours = op.augmentation().recolours();
    this.erases = op.augmentation().erasing() > 0;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.image = new float[height * width * channels];
    this.changed = new float[image.length];
    this.summands = new float[width * channels];
  }

  /**
   * Augments an image.
   *
   * @param memory x, the step, y
   * @param n its place in the batch
   */
  void apply(Memory[] memory, int n) {
    memory[0].floats().get(n * image.length, image);
    draw.draw(memory[1].ints().get(0), n);
    for (int row = 0; row < height; row++) {
      move(row);
    }
    if (recolours) {
      recolour();
    }
    if (erases) {
      erase();
    }
    memory[2].floats().put(n * image.length, changed);
  }

  /** Along a row, source places are equally far from each other. */
  private void move(int row) {
    double firstRow = draw.sourceRow(row, 0);
    double firstColumn = draw.sourceColumn(row, 0);
    double down = draw.sourceRow(row, 1) - firstRow;
    double right = draw.sourceColumn(row, 1) - firstColumn;
    for (int column = 0; column < width; column++) {
      double fromRow = firstRow + column * down;
      double fromColumn = firstColumn + column * right;
      int top = (int) Math.floor(fromRow);
      int left = (int) Math.floor(fromColumn);
      int to = (row * width + column) * channels;
      float below = (float) (fromRow - top);
      float beside = (float) (fromColumn - left);
      if ((top | left | height - 2 - top | width - 2 - left) >= 0) {
        sample(to, (top * width + left) * channels, below, beside);
      } else {
        sampleAtEdge(to, top, left, below, beside);
      }
    }
  }

  /** Interpolates between the four pixels that begin at {@code from}. */
  private void sample(int to, int from, float below, float beside) {
    int lower = from + width * channels;
    for (int c = 0; c < channels; c++) {
      float upperValue = between(image[from + c], image[from + channels + c], beside);
      float lowerValue = between(image[lower + c], image[lower + channels + c], beside);
      changed[to + c] = between(upperValue, lowerValue, below);
    }
  }

  /** The same where some of the four lie outside. */
  private void sampleAtEdge(int to, int top, int left, float below, float beside) {
    for (int c = 0; c < channels; c++) {
      float upperValue = between(at(top, left, c), at(top, left + 1, c), beside);
      float lowerValue = between(at(top + 1, left, c), at(top + 1, left + 1, c), beside);
      changed[to + c] = between(upperValue, lowerValue, below);
    }
  }

  private static float between(float a, float b, float share) {
    return a + share * (b - a);
  }

  /** A pixel, 0 outside the image. */
  private float at(int row, int column, int channel) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? image[(row * width + column) * channels + channel] : 0;
  }

  /** (v - mean) contrast + mean + brightness, in rows that the JIT compiler vectorises. */
  private void recolour() {
    float contrast = draw.contrast();
    for (int c = 0; c < channels; c++) {
      float summand = mean(c) * (1 - contrast) + draw.brightness();
      for (int i = c; i < summands.length; i += channels) {
        summands[i] = summand;
      }
    }
    for (int begin = 0; begin < changed.length; begin += summands.length) {
      for (int i = 0; i < summands.length; i++) {
        float u = changed[begin + i] * contrast + summands[i];
        changed[begin + i] = Math.min(Math.max(u, 0), 1);
      }
    }
  }

  private float mean(int channel) {
    double sum = 0;
    for (int i = channel; i < image.length; i += channels) {
      sum += image[i];
    }
    return (float) (sum / (height * width));
  }

  private void erase() {
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        if (draw.isErased(row, column)) {
          int begin = (row * width + column) * channels;
          Arrays.fill(changed, begin, begin + channels, 0);
        }
      }
    }
  }
}

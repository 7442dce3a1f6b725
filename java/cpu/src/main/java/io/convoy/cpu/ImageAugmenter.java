// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.AugmentDraw;
import io.convoy.ops.AugmentImages;
import java.util.Arrays;

/** Augments one image after the other. It has working memory and so belongs to one thread. */
final class ImageAugmenter {
  /** Places are fixed-point numbers with so many bits behind the point. */
  private static final int POINT = 32;

  /** Bits of a share, as many as a float holds. */
  private static final int FRACTION = 24;

  private final AugmentDraw draw;
  private final boolean recolours;
  private final boolean erases;
  private final int height;
  private final int width;
  private final int channels;
  private final float[] image;
  private final float[] changed;

  /** A number an element of a row. */
  private final float[] line;

  ImageAugmenter(AugmentImages op, int height, int width, int channels) {
    this.draw = new AugmentDraw(op, height, width);
    this.recolours = op.augmentation().recolours();
    this.erases = op.augmentation().erasing() > 0;
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.image = new float[height * width * channels];
    this.changed = new float[image.length];
    this.line = new float[width * channels];
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
    long fromRow = fixed(draw.sourceRow(row, 0));
    long fromColumn = fixed(draw.sourceColumn(row, 0));
    long down = fixed(draw.sourceRow(row, 1)) - fromRow;
    long right = fixed(draw.sourceColumn(row, 1)) - fromColumn;
    int end = (row + 1) * width * channels;
    for (int to = row * width * channels; to < end; to += channels) {
      int top = (int) (fromRow >> POINT);
      int left = (int) (fromColumn >> POINT);
      if ((top | left | height - 2 - top | width - 2 - left) >= 0) {
        int from = (top * width + left) * channels;
        sample(to, from, fraction(fromRow), fraction(fromColumn));
      } else {
        sampleAtEdge(to, top, left, fraction(fromRow), fraction(fromColumn));
      }
      fromRow += down;
      fromColumn += right;
    }
  }

  private static long fixed(double place) {
    return Math.round(place * (1L << POINT));
  }

  private static float fraction(long place) {
    return ((int) place >>> POINT - FRACTION) * (1f / (1 << FRACTION));
  }

  /** Interpolates between the four pixels that begin at {@code from}. */
  private void sample(int to, int from, float below, float beside) {
    if (channels == 1) { // with a loop of one turn an image takes 1.4 times as long
      changed[to] = blend(from, below, beside);
      return;
    }
    for (int c = 0; c < channels; c++) {
      changed[to + c] = blend(from + c, below, beside);
    }
  }

  private float blend(int from, float below, float beside) {
    int lower = from + line.length;
    float upperValue = between(image[from], image[from + channels], beside);
    float lowerValue = between(image[lower], image[lower + channels], beside);
    return between(upperValue, lowerValue, below);
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
    sumColumns();
    for (int c = 0; c < channels; c++) {
      float summand = mean(c) * (1 - contrast) + draw.brightness();
      for (int i = c; i < line.length; i += channels) {
        line[i] = summand;
      }
    }
    for (int begin = 0; begin < changed.length; begin += line.length) {
      for (int i = 0; i < line.length; i++) {
        changed[begin + i] = Math.min(Math.max(changed[begin + i] * contrast + line[i], 0), 1);
      }
    }
  }

  private void sumColumns() {
    Arrays.fill(line, 0);
    for (int begin = 0; begin < image.length; begin += line.length) {
      for (int i = 0; i < line.length; i++) {
        line[i] += image[begin + i];
      }
    }
  }

  /** Of a channel, once columns are summed. */
  private float mean(int channel) {
    float sum = 0;
    for (int i = channel; i < line.length; i += channels) {
      sum += line[i];
    }
    return sum / (height * width);
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

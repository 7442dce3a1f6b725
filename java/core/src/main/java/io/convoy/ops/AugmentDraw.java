// SPDX-License-Identifier: Apache-2.0
package io.convoy.ops;

import io.convoy.random.Philox;

/**
 * What {@link AugmentImages} does with one image. Its random numbers are words of {@link Philox}
 * blocks 3n, 3n + 1 and 3n + 2 in {@code (stream, iterations)}, where n is the image's place in the
 * batch: a word for each number, whatever else is drawn, so that an augmentation more changes
 * nothing about the others.
 *
 * <ul>
 *   <li>Block 3n: the two top bits mirror left to right and top to bottom; angle; zoom; brightness.
 *   <li>Block 3n + 1: shift of rows, of columns; rows, columns of the crop.
 *   <li>Block 3n + 2: contrast; row, column of the box' centre.
 * </ul>
 *
 * <p>With s = (word / 2^8, rounded down) 2^-23 - 1 in [-1, 1), a number is limit s in float; of m
 * choices, that of a crop or a centre is the high half of word m.
 *
 * <p>With places counted from the centre of the image, rows downwards, the pixel that comes to (r,
 * k) comes from (q, p): (1 + zoom) (r, k), turned back by the angle (which is positive
 * counter-clockwise), minus the shifts, and then mirrored. Mutable, so that it is made once a
 * thread; allocates nothing after that.
 */
public final class AugmentDraw {
  private static final int BLOCKS = 3;
  private static final long LOW = 0xFFFFFFFFL;

  private final Augmentation limits;
  private final Philox generator;
  private final int height;
  private final int width;
  private final double middleRow;
  private final double middleColumn;
  private double along;
  private double across;
  private double down;
  private double right;
  private int vertical;
  private int horizontal;
  private float contrast;
  private float brightness;
  private int boxTop;
  private int boxLeft;

  /**
   * Makes room for the draws of one image.
   *
   * @param op limits, seed and stream
   * @param height rows of the image
   * @param width columns of the image
   */
  public AugmentDraw(AugmentImages op, int height, int width) {
    this.limits = op.augmentation();
    this.generator = new Philox(op.seed(), op.stream(), 0);
    this.height = height;
    this.width = width;
    this.middleRow = (height - 1) / 2.0;
    this.middleColumn = (width - 1) / 2.0;
  }

  /**
   * Draws.
   *
   * @param step finished training steps
   * @param image its place in the batch
   */
  public void draw(int step, int image) {
    generator.step(step);
    generator.block((long) BLOCKS * image);
    horizontal = limits.horizontalFlip() && generator.word(0) < 0 ? -1 : 1;
    vertical = limits.verticalFlip() && generator.word(0) << 1 < 0 ? -1 : 1;
    double angle = 2 * Math.PI * signed(limits.rotation(), 1);
    double zoom = 1 + (double) signed(limits.zoom(), 2);
    along = zoom * Math.cos(angle);
    across = zoom * Math.sin(angle);
    brightness = signed(limits.brightness(), 3);
    generator.block((long) BLOCKS * image + 1);
    down = (double) height * signed(limits.translation(), 0) + crop(2);
    right = (double) width * signed(limits.translation(), 1) + crop(3);
    generator.block((long) BLOCKS * image + 2);
    contrast = 1 + signed(limits.contrast(), 0);
    boxTop = choice(1, height) - limits.erasing() / 2;
    boxLeft = choice(2, width) - limits.erasing() / 2;
  }

  private float signed(float limit, int word) {
    return limit * (2 * generator.uniform(word) - 1);
  }

  private int crop(int word) {
    return choice(word, 2 * limits.crop() + 1) - limits.crop();
  }

  private int choice(int word, int choices) {
    return (int) ((generator.word(word) & LOW) * choices >>> 32);
  }

  /**
   * Tells where a pixel comes from.
   *
   * @param row of the pixel
   * @param column of the pixel
   * @return the row in x, in pixels, between them or outside
   */
  public double sourceRow(int row, int column) {
    double turned = along * (row - middleRow) + across * (column - middleColumn);
    return vertical * (turned - down) + middleRow;
  }

  /**
   * Tells where a pixel comes from.
   *
   * @param row of the pixel
   * @param column of the pixel
   * @return the column in x, in pixels, between them or outside
   */
  public double sourceColumn(int row, int column) {
    double turned = along * (column - middleColumn) - across * (row - middleRow);
    return horizontal * (turned - right) + middleColumn;
  }

  /**
   * Returns what the distance to the mean is multiplied by.
   *
   * @return from 0 to below 2
   */
  public float contrast() {
    return contrast;
  }

  /**
   * Returns what is added to each pixel.
   *
   * @return from -1 to below 1
   */
  public float brightness() {
    return brightness;
  }

  /**
   * Tells whether a pixel lies in the box.
   *
   * @param row of the pixel
   * @param column of the pixel
   * @return true if it is set to 0
   */
  public boolean isErased(int row, int column) {
    int size = limits.erasing();
    return row >= boxTop && row < boxTop + size && column >= boxLeft && column < boxLeft + size;
  }
}

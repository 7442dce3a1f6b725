// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.function.IntUnaryOperator;

/**
 * Images of unsigned bytes and their labels, one behind the other, as they can be copied to a
 * device. It is no record: two with equal pixels are not the same, and to compare them takes long.
 */
public final class PackedImages {
  private final Shape instanceShape;
  private final ByteBuffer pixels;
  private final int[] labels;

  PackedImages(Shape instanceShape, ByteBuffer pixels, int[] labels) {
    this.instanceShape = instanceShape;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Returns the shape of one image.
   *
   * @return {@code [height, width, channels]}
   */
  public Shape instanceShape() {
    return instanceShape;
  }

  /**
   * Returns the images.
   *
   * @return {@code [instances, height, width, channels]}, read-only; 255 stands for 1
   */
  public ByteBuffer pixels() {
    return pixels.asReadOnlyBuffer();
  }

  /**
   * Returns the classes.
   *
   * @return {@code [instances]}, not to be changed
   */
  public int[] labels() {
    return labels;
  }

  /**
   * Tells what a device needs for them.
   *
   * @return bytes
   */
  public long bytes() {
    return pixels.capacity() + (long) Integer.BYTES * labels.length;
  }

  /**
   * A part of them, in any order.
   *
   * @param images the images
   * @param places tells which of them is a dataset's instance 0, 1, …
   */
  public record Part(PackedImages images, IntUnaryOperator places) {}
}

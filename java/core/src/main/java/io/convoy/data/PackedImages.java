// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;

/**
 * Images of unsigned bytes and their labels, one behind the other, as they can be copied to a
 * device. Two are equal only if they are the same arrays.
 *
 * @param instanceShape {@code [height, width, channels]}
 * @param pixels {@code [instances, height, width, channels]}; 255 stands for 1
 * @param labels {@code [instances]}
 */
public record PackedImages(Shape instanceShape, byte[] pixels, int[] labels) {
  /**
   * Tells what a device needs for them.
   *
   * @return bytes
   */
  public long bytes() {
    return pixels.length + (long) Integer.BYTES * labels.length;
  }

  /**
   * A part of them.
   *
   * @param images the images
   * @param first index of the instance that a dataset calls 0
   */
  public record Part(PackedImages images, int first) {}
}

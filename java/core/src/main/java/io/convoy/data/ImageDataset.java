// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Images of unsigned bytes, kept as bytes and scaled when they are copied: 0 to 255 becomes 0 to 1.
 */
public final class ImageDataset implements Dataset {
  /** v / 255f for every byte: a look-up is cheaper than a conversion and a division. */
  private static final float[] UNIT = new float[256];

  static {
    for (int v = 0; v < UNIT.length; v++) {
      UNIT[v] = v / 255f;
    }
  }

  private final Shape instanceShape;
  private final int classes;
  private final ByteBuffer pixels;
  private final int[] labels;
  private final int instanceSize;
  private final PackedImages packed;

  /**
   * Makes a dataset.
   *
   * @param instanceShape {@code [height, width, channels]}
   * @param classes number of classes
   * @param pixels {@code [instances, height, width, channels]}; not copied
   * @param labels {@code [instances]}, each from 0 to classes - 1; not copied
   * @throws IllegalArgumentException if there is no instance, the counts don't fit, or a label is
   *     beyond the classes
   */
  public ImageDataset(Shape instanceShape, int classes, byte[] pixels, int[] labels) {
    this(instanceShape, classes, ByteBuffer.wrap(pixels), labels);
  }

  /** Makes a dataset of all bytes of a buffer, such as a file's that lies in memory as it is. */
  ImageDataset(Shape instanceShape, int classes, ByteBuffer pixels, int[] labels) {
    this.instanceSize = Instances.check(instanceShape, classes, pixels.capacity(), labels);
    this.instanceShape = instanceShape;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
    this.packed = new PackedImages(instanceShape, pixels, labels);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Shape instanceShape() {
    return instanceShape;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
    labels.put(row, this.labels[index]);
    int from = index * instanceSize;
    int to = row * instanceSize;
    for (int i = 0; i < instanceSize; i++) {
      features.put(to + i, UNIT[pixels.get(from + i) & 0xFF]);
    }
  }

  @Override
  public Optional<PackedImages.Part> packed() {
    return Optional.of(new PackedImages.Part(packed, IntUnaryOperator.identity()));
  }
}

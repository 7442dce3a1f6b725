// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Instances of floats, copied as they are. */
public final class ArrayDataset implements Dataset {
  /** Longest array that a JVM makes. */
  private static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  private final Shape instanceShape;
  private final float[] features;
  private final int[] labels;
  private final int instanceSize;
  private final DatasetInfo info;

  /**
   * Makes a dataset.
   *
   * @param instanceShape shape of one instance
   * @param classes number of classes
   * @param features {@code [instances, instance...]}; not copied
   * @param labels {@code [instances]}, each from 0 to classes - 1; not copied
   * @throws IllegalArgumentException if there is no instance, the counts don't fit, or a label is
   *     beyond the classes
   */
  public ArrayDataset(Shape instanceShape, int classes, float[] features, int[] labels) {
    this(instanceShape, features, labels, DatasetInfo.numbered(classes));
  }

  /** Makes a dataset that knows what its numbers stand for. */
  ArrayDataset(Shape instanceShape, float[] features, int[] labels, DatasetInfo info) {
    int classes = info.classNames().size();
    this.instanceSize = Instances.check(instanceShape, classes, features.length, labels);
    this.instanceShape = instanceShape;
    this.features = features;
    this.labels = labels;
    this.info = info;
  }

  /**
   * Copies a dataset.
   *
   * @throws IllegalArgumentException if it has more values than an array
   */
  static ArrayDataset copyOf(Dataset data) {
    long values = data.size() * data.instanceShape().elements();
    if (values > MAX_VALUES) {
      throw new IllegalArgumentException(
          String.format(
              "%d instances of shape %s are %d values; at most %d can be kept. Keep fewer",
              data.size(), data.instanceShape(), values, MAX_VALUES));
    }
    float[] features = new float[(int) values];
    int[] labels = new int[data.size()];
    FloatBuffer into = FloatBuffer.wrap(features);
    for (int i = 0; i < labels.length; i++) {
      data.copy(i, i, into, IntBuffer.wrap(labels));
    }
    return new ArrayDataset(data.instanceShape(), features, labels, data.info());
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
    return info.classNames().size();
  }

  @Override
  public DatasetInfo info() {
    return info;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
    labels.put(row, this.labels[index]);
    features.put(row * instanceSize, this.features, index * instanceSize, instanceSize);
  }
}

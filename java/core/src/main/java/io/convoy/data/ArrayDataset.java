// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Instances of floats, copied as they are. */
public final class ArrayDataset implements Dataset {
  private final Shape instanceShape;
  private final int classes;
  private final float[] features;
  private final int[] labels;
  private final int instanceSize;

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
    this.instanceSize = Instances.check(instanceShape, classes, features.length, labels);
    this.instanceShape = instanceShape;
    this.classes = classes;
    this.features = features;
    this.labels = labels;
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
    features.put(row * instanceSize, this.features, index * instanceSize, instanceSize);
  }
}

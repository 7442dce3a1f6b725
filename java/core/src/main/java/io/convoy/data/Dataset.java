// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;

/**
 * Labelled instances, each a dense float array of one shape and the index of its class. Immutable
 * and thread-safe.
 */
public interface Dataset {
  /**
   * Makes a dataset of arrays. There are as many classes as the labels have: the greatest and 1
   * more, at least 2.
   *
   * @param features FLOAT32 {@code [instances, instance...]}, taken as they are; or UINT8 {@code
   *     [instances, height, width]} or {@code [instances, height, width, channels]}, images of
   *     which 255 becomes 1; copied
   * @param labels INT32 or UINT8, {@code [instances]} or {@code [instances, 1]}, from 0; copied
   * @return the dataset
   * @throws IllegalArgumentException if types or shapes are others, counts differ, there is no
   *     instance, or a label is negative
   */
  static Dataset of(Tensor features, Tensor labels) {
    int[] indices = TensorInstances.labels(labels);
    return TensorInstances.of(features, indices, Instances.countClasses(indices));
  }

  /**
   * Makes a dataset of arrays, such as a test set with the classes of a training set.
   *
   * @param features as in {@link #of(Tensor, Tensor)}
   * @param labels as there, each from 0 to classes - 1
   * @param classes number of classes
   * @return the dataset
   * @throws IllegalArgumentException as there, or if a label is beyond the classes
   */
  static Dataset of(Tensor features, Tensor labels, int classes) {
    return TensorInstances.of(features, TensorInstances.labels(labels), classes);
  }

  /**
   * Returns the number of instances.
   *
   * @return at least 1
   */
  int size();

  /**
   * Returns the shape of one instance.
   *
   * @return such as {@code [height, width, channels]}, without the batch
   */
  Shape instanceShape();

  /**
   * Returns the number of classes.
   *
   * @return at least 1; labels are 0 to classes - 1
   */
  int classes();

  /**
   * Returns the class of one instance.
   *
   * @param index which instance, from 0
   * @return its label, 0 to classes - 1
   * @throws IndexOutOfBoundsException if the index is outside
   */
  default int label(int index) {
    IntBuffer label = IntBuffer.allocate(1);
    copy(index, 0, FloatBuffer.allocate((int) instanceShape().elements()), label);
    return label.get(0);
  }

  /**
   * Counts the instances of each class.
   *
   * @return for each class, from 0, how many instances have it
   */
  default int[] classCounts() {
    int[] counts = new int[classes()];
    for (int i = 0; i < size(); i++) {
      counts[label(i)]++;
    }
    return counts;
  }

  /**
   * Copies one instance into a batch. Implementations allocate nothing: this runs in every training
   * step.
   *
   * @param index which instance, from 0
   * @param row where in the batch it goes, from 0
   * @param features {@code [batch, instance...]}, dense; written by absolute index
   * @param labels {@code [batch]}; written by absolute index
   * @throws IndexOutOfBoundsException if index or row is outside
   */
  void copy(int index, int row, FloatBuffer features, IntBuffer labels);

  /**
   * Copies instances into the first rows of a batch, without allocation.
   *
   * @param indices which instances
   * @param from the first of the indices to use
   * @param count how many to use, and how many rows to write
   * @param features {@code [batch, instance...]}, dense; written by absolute index
   * @param labels {@code [batch]}; written by absolute index
   * @throws IndexOutOfBoundsException if an index or a row is outside
   */
  default void copy(int[] indices, int from, int count, FloatBuffer features, IntBuffer labels) {
    for (int row = 0; row < count; row++) {
      copy(indices[from + row], row, features, labels);
    }
  }

  /**
   * Returns a part of this dataset, without copying data.
   *
   * @param from the first instance
   * @param to behind the last instance
   * @return the instances from {@code from} to {@code to - 1}, numbered from 0
   * @throws IndexOutOfBoundsException if the range is outside
   * @throws IllegalArgumentException if it is empty
   */
  default Dataset range(int from, int to) {
    return new DatasetRange(this, from, to);
  }

  /**
   * Returns the instances as bytes, if that is what they are.
   *
   * @return the bytes and where this dataset begins in them; empty if instances are made otherwise
   */
  default Optional<PackedImages.Part> packed() {
    return Optional.empty();
  }
}

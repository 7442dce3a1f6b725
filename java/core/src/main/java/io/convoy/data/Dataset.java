// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Optional;

/**
 * Labelled instances, each a dense float array of one shape and the index of its class. Immutable
 * and thread-safe.
 */
public interface Dataset {
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

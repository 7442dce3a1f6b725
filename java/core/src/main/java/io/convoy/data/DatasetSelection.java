// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Instances of another dataset in another order. It is no record: its indices must not be changed.
 */
final class DatasetSelection implements Dataset {
  private final Dataset whole;
  private final int[] indices;

  /** Selects instances by their indices, which are not copied. */
  DatasetSelection(Dataset whole, int[] indices) {
    this.whole = whole;
    this.indices = indices;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Shape instanceShape() {
    return whole.instanceShape();
  }

  @Override
  public int classes() {
    return whole.classes();
  }

  @Override
  public int label(int index) {
    return whole.label(indices[index]);
  }

  @Override
  public void copy(int index, int row, FloatBuffer features, IntBuffer labels) {
    whole.copy(indices[index], row, features, labels);
  }
}

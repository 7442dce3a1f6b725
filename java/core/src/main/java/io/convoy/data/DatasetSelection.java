// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

/**
 * Instances of another dataset in another order. It is no record: its indices must not be changed.
 */
final class DatasetSelection implements DatasetView {
  private final Dataset whole;
  private final int[] indices;

  /** Selects instances by their indices, which are not copied. */
  DatasetSelection(Dataset whole, int[] indices) {
    this.whole = whole;
    this.indices = indices;
  }

  @Override
  public Dataset whole() {
    return whole;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public int place(int index) {
    return indices[index];
  }
}

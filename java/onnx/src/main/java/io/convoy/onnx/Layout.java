// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

/** In which order a tensor's axes stand in the file. */
enum Layout {
  /** As in Convoy: images NHWC. */
  ROWS,
  /** Images NCHW. */
  CHANNELS_FIRST(0, 3, 1, 2),
  /** Filters OIHW, which are HWIO in Convoy. */
  FILTER(3, 2, 0, 1);

  private final int[] axes;

  Layout(int... axes) {
    this.axes = axes;
  }

  /** Convoy's axes in the order of the file, for a rank. */
  int[] axes(int rank) {
    int[] order = axes.clone();
    if (this == ROWS) {
      order = new int[rank];
      for (int i = 0; i < rank; i++) {
        order[i] = i;
      }
    }
    return order;
  }

  /** Where an axis of Convoy's stands in the file. */
  int position(int axis, int rank) {
    int[] order = axes(rank);
    for (int i = 0; i < rank; i++) {
      if (order[i] == axis) {
        return i;
      }
    }
    throw new IllegalArgumentException("no axis " + axis + " of " + rank);
  }

  /** What ONNX's Transpose wants to make this layout from another one. */
  int[] permutation(Layout from, int rank) {
    int[] order = axes(rank);
    for (int i = 0; i < rank; i++) {
      order[i] = from.position(order[i], rank);
    }
    return order;
  }
}

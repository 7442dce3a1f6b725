// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.tensor.Shape;

/** Row-major indices and the positions they stand for. */
final class Positions {
  private Positions() {}

  /** The position of element {@code index}, one coordinate an axis. */
  static int[] of(Shape shape, int index) {
    int[] position = new int[shape.rank()];
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      position[axis] = index % shape.dim(axis);
      index /= shape.dim(axis);
    }
    return position;
  }

  /** The index of the element at {@code position}. */
  static int index(Shape shape, int[] position) {
    int index = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      index = index * shape.dim(axis) + position[axis];
    }
    return index;
  }

  /**
   * The index of the element that stands at {@code position} when {@code shape} is repeated along
   * its axes of size 1 and its missing outer ones.
   */
  static int broadcastIndex(Shape shape, int[] position) {
    int missing = position.length - shape.rank();
    int index = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int at = shape.dim(axis) == 1 ? 0 : position[axis + missing];
      index = index * shape.dim(axis) + at;
    }
    return index;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.tensor.Shape;

/** Tensors that are repeated along axes. */
final class Broadcast {
  private Broadcast() {}

  /**
   * Walks over a shape with tensors that are repeated along their axes of size 1.
   *
   * @param whole the shape
   * @param aligned the tensors' shapes, of the same rank, with 1 where a tensor is repeated
   */
  static Walk over(Shape whole, Shape... aligned) {
    long[][] strides = new long[whole.rank()][aligned.length];
    for (int t = 0; t < aligned.length; t++) {
      long stride = 1;
      for (int axis = whole.rank() - 1; axis >= 0; axis--) {
        strides[axis][t] = aligned[t].dim(axis) == 1 ? 0 : stride;
        stride *= aligned[t].dim(axis);
      }
    }
    Walk walk = new Walk();
    for (int axis = 0; axis < whole.rank(); axis++) {
      walk.axis(whole.dim(axis), strides[axis]);
    }
    return walk;
  }

  /** A shape with 1s in front up to a rank. */
  static Shape align(Shape shape, int rank) {
    int[] dims = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int own = axis - rank + shape.rank();
      dims[axis] = own < 0 ? 1 : shape.dim(own);
    }
    return Shape.of(dims);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.tensor.HalfFloat;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.util.Arrays;

/**
 * A tensor whose elements are computed in double, and rounded if its declared type has 16 bits.
 *
 * @param spec declared type and shape
 * @param values the elements, row-major
 */
record DoubleTensor(TensorSpec spec, double[] values) {
  Shape shape() {
    return spec.shape();
  }

  int dim(int axis) {
    return spec.shape().dim(axis);
  }

  /** Rounds the elements to numbers of 16 bits, if that is what the tensor is to hold. */
  void round() {
    if (spec.dtype().isHalf()) {
      Arrays.setAll(values, i -> HalfFloat.round(spec.dtype(), values[i]));
    }
  }

  /** The only element of a scalar. */
  double item() {
    return values[0];
  }

  /** How many rows of the innermost axis there are: the product of all other axes. */
  int rows() {
    int rows = 1;
    for (int axis = 0; axis < shape().rank() - 1; axis++) {
      rows *= dim(axis);
    }
    return rows;
  }
}

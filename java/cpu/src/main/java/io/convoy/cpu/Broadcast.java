// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Repeats a tensor along axes. */
final class Broadcast {
  /** Elements that a thread takes at once: enough to make taking them cheap. */
  private static final int ITEM = 16384;

  private Broadcast() {}

  /** x itself, or a temporary copy repeated along axes of size 1 and missing outer ones. */
  static Operand to(TensorSpec spec, Operand x, Site site) {
    if (x.spec().equals(spec)) {
      return x;
    }
    int[] aligned = new int[spec.shape().rank()];
    for (int axis = 0; axis < aligned.length; axis++) {
      int own = axis - aligned.length + x.shape().rank();
      aligned[axis] = own < 0 ? 1 : x.shape().dim(own);
    }
    Operand y = site.temporary(spec);
    repeat(Shape.of(aligned), x, y, 1, site);
    return y;
  }

  /**
   * y = factor x, repeated.
   *
   * @param aligned the shape of x, of y's rank, with 1 where it is repeated
   */
  static void repeat(Shape aligned, Operand x, Operand y, float factor, Site site) {
    Shape shape = y.shape();
    int innermost = shape.rank() == 0 ? 1 : shape.dim(-1);
    boolean constantRows = shape.rank() == 0 || aligned.dim(-1) == 1;
    int rows = Math.toIntExact(y.elements() / innermost);
    int[] strides = strides(aligned);
    int rowsPerItem = Math.max(1, ITEM / innermost);
    float[][] row = new float[site.workers()][innermost];
    site.loop(
        (rows + rowsPerItem - 1) / rowsPerItem,
        (memory, item, worker) -> {
          float[] values = row[worker];
          FloatBuffer source = memory[0].floats();
          int end = Math.min(rows, (item + 1) * rowsPerItem);
          for (int r = item * rowsPerItem; r < end; r++) {
            int from = offset(shape, strides, r);
            if (constantRows) {
              Arrays.fill(values, source.get(from) * factor);
            } else {
              source.get(from, values);
              scale(values, factor);
            }
            memory[1].floats().put(r * innermost, values);
          }
        },
        x,
        y);
  }

  private static void scale(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /** Elements from one position to the next along each axis; 0 where the tensor is repeated. */
  private static int[] strides(Shape aligned) {
    int[] strides = new int[aligned.rank()];
    int stride = 1;
    for (int axis = aligned.rank() - 1; axis >= 0; axis--) {
      strides[axis] = aligned.dim(axis) == 1 ? 0 : stride;
      stride *= aligned.dim(axis);
    }
    return strides;
  }

  /** Where the elements of a row of the repeated tensor begin. */
  private static int offset(Shape shape, int[] strides, int row) {
    int offset = 0;
    for (int axis = shape.rank() - 2; axis >= 0; axis--) {
      offset += row % shape.dim(axis) * strides[axis];
      row /= shape.dim(axis);
    }
    return offset;
  }
}

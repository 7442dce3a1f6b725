// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.nio.IntBuffer;

/** Other layouts than Convoy's, as files of others have them. */
public final class Layouts {
  private Layouts() {}

  /**
   * Transposes a tensor: axis i of the result is axis {@code axes[i]} of x. Filters HWIO become
   * OIHW by 3, 2, 0, 1, and again HWIO by 2, 3, 1, 0.
   *
   * @param x of at least one axis and a type of 4 bytes
   * @param axes each axis of x once, from 0
   * @return a new tensor
   */
  public static Tensor transposed(Tensor x, int... axes) {
    Shape from = x.spec().shape();
    int rank = axes.length;
    int[] dims = new int[rank];
    int[] strides = new int[rank]; // in x, in elements, of the result's axes
    for (int i = 0; i < rank; i++) {
      dims[i] = from.dim(axes[i]);
      strides[i] = 1;
      for (int behind = axes[i] + 1; behind < rank; behind++) {
        strides[i] *= from.dim(behind);
      }
    }
    Tensor y = Tensor.zeros(new TensorSpec(x.spec().dtype(), Shape.of(dims)));
    IntBuffer out = y.bytes().asIntBuffer();
    copy(x.bytes().asIntBuffer(), 0, dims, strides, 0, out);
    return y;
  }

  /** Appends what lies at an offset along the axes from {@code axis} on. */
  private static void copy(
      IntBuffer in, int offset, int[] dims, int[] strides, int axis, IntBuffer out) {
    boolean last = axis == dims.length - 1;
    for (int i = 0; i < dims[axis]; i++) {
      int at = offset + i * strides[axis];
      if (last) {
        out.put(in.get(at));
      } else {
        copy(in, at, dims, strides, axis + 1, out);
      }
    }
  }
}

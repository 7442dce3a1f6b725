// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Concat;
import io.convoy.ops.Pad;
import io.convoy.ops.Reshape;
import io.convoy.ops.Reverse;
import io.convoy.ops.Slice;
import java.util.List;

/** Ops that only move elements. */
final class Layout {
  private Layout() {}

  static void reshape(Reshape op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    System.arraycopy(x, 0, out.get(0).values(), 0, x.length);
  }

  static void concat(Concat op, List<DoubleTensor> in, List<DoubleTensor> out) {
    int begin = 0;
    for (DoubleTensor part : in) {
      copy(part, out.get(0), op.axis(), begin);
      begin += part.dim(op.axis());
    }
  }

  static void slice(Slice op, List<DoubleTensor> in, List<DoubleTensor> out) {
    copy(in.get(0), out.get(0), op.axis(), -op.begin());
  }

  static void pad(Pad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    copy(in.get(0), out.get(0), op.axis(), op.before());
  }

  static void reverse(Reverse op, List<DoubleTensor> in, List<DoubleTensor> out) {
    DoubleTensor x = in.get(0);
    int row = x.shape().elementsPerRow();
    for (int n = 0; n < x.dim(0); n++) {
      int from = (x.dim(0) - 1 - n) * row;
      System.arraycopy(x.values(), from, out.get(0).values(), n * row, row);
    }
  }

  /** Copies what of {@code from}, moved by {@code shift} along the axis, lies inside {@code to}. */
  private static void copy(DoubleTensor from, DoubleTensor to, int axis, int shift) {
    for (int i = 0; i < from.values().length; i++) {
      int[] position = Positions.of(from.shape(), i);
      position[axis] += shift;
      if (position[axis] >= 0 && position[axis] < to.dim(axis)) {
        to.values()[Positions.index(to.shape(), position)] = from.values()[i];
      }
    }
  }
}

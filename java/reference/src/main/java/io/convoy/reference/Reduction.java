// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.GlobalNorm;
import io.convoy.ops.Reduce;
import io.convoy.ops.ReduceGrad;
import io.convoy.tensor.Shape;
import java.util.List;

/** Sums and means over axes, their gradient, and the norm over everything. */
final class Reduction {
  private Reduction() {}

  static void reduce(Reduce op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] y = out.get(0).values();
    Shape shape = in.get(0).shape();
    for (int i = 0; i < x.length; i++) {
      y[reducedIndex(op, shape, i)] += x[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] /= divisor(op, shape);
    }
  }

  static void gradient(ReduceGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] dy = in.get(0).values();
    double[] dx = out.get(0).values();
    Shape shape = out.get(0).shape();
    for (int i = 0; i < dx.length; i++) {
      dx[i] = dy[reducedIndex(op.forward(), shape, i)] / divisor(op.forward(), shape);
    }
  }

  static void globalNorm(GlobalNorm op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double sum = 0;
    for (DoubleTensor x : in) {
      for (double value : x.values()) {
        sum += value * value;
      }
    }
    out.get(0).values()[0] = Math.sqrt(sum);
  }

  /** Which element of the reduced tensor element {@code index} of x goes into. */
  private static int reducedIndex(Reduce op, Shape x, int index) {
    int[] position = Positions.of(x, index);
    int reduced = 0;
    for (int axis = 0; axis < x.rank(); axis++) {
      if (!op.axes().contains(axis)) {
        reduced = reduced * x.dim(axis) + position[axis];
      }
    }
    return reduced;
  }

  private static double divisor(Reduce op, Shape x) {
    double count = 1;
    if (op.kind() == Reduce.Kind.MEAN) {
      for (int axis : op.axes()) {
        count *= x.dim(axis);
      }
    }
    return count;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Binary;
import io.convoy.tensor.Shape;
import java.util.List;

/** Functions of two tensors, broadcast as in NumPy. */
final class Binaries {
  private Binaries() {}

  static void combine(Binary op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] a = in.get(0).values();
    double[] b = in.get(1).values();
    double[] y = out.get(0).values();
    Shape shape = out.get(0).shape();
    for (int i = 0; i < y.length; i++) {
      int[] position = Positions.of(shape, i);
      double left = a[Positions.broadcastIndex(in.get(0).shape(), position)];
      double right = b[Positions.broadcastIndex(in.get(1).shape(), position)];
      y[i] = value(op.kind(), left, right);
    }
  }

  private static double value(Binary.Kind kind, double a, double b) {
    switch (kind) {
      case ADD:
        return a + b;
      case SUBTRACT:
        return a - b;
      case MULTIPLY:
        return a * b;
      case DIVIDE:
        return a / b;
      case MAXIMUM:
        return Math.max(a, b);
      case MINIMUM:
        return Math.min(a, b);
      case GREATER_EQUAL:
        return a >= b ? 1 : 0;
    }
    throw new IllegalArgumentException("no function " + kind);
  }
}

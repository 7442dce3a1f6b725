// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;
import java.util.List;

/** Pooling and its gradient. A window's taps are the elements of x in it that are not padding. */
final class Pooling {
  private Pooling() {}

  /** What is done with one window: index into y {@code [N,P,Q,C]}, indices into x, row-major. */
  private interface Visitor {
    void window(int y, int[] taps);
  }

  static void forward(Pool2D op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] y = out.get(0).values();
    PoolSpec.Kind kind = op.spec().kind();
    walk(
        op.spec(),
        in.get(0).shape(),
        (iy, taps) ->
            y[iy] = kind == PoolSpec.Kind.AVERAGE ? mean(x, taps) : x[extreme(kind, x, taps)]);
  }

  static void gradient(Pool2DGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] dy = in.get(2).values();
    double[] dx = out.get(0).values();
    PoolSpec.Kind kind = op.spec().kind();
    walk(
        op.spec(),
        in.get(0).shape(),
        (iy, taps) -> {
          if (kind == PoolSpec.Kind.AVERAGE) {
            for (int tap : taps) {
              dx[tap] += dy[iy] / taps.length;
            }
          } else {
            dx[extreme(kind, x, taps)] += dy[iy];
          }
        });
  }

  /** Which element each window of x takes, UINT8 of y's shape. */
  static void taken(PoolSpec spec, DoubleTensor x, DoubleTensor out) {
    walk(
        spec,
        x.shape(),
        (iy, taps) ->
            out.values()[iy] = place(spec, x.shape(), iy, extreme(spec.kind(), x.values(), taps)));
  }

  /** Hands each dy to the element of x that its window took. */
  static void scatter(PoolSpec spec, DoubleTensor taken, DoubleTensor dy, DoubleTensor dx) {
    walk(
        spec,
        dx.shape(),
        (iy, taps) -> {
          for (int tap : taps) {
            if (place(spec, dx.shape(), iy, tap) == taken.values()[iy]) {
              dx.values()[tap] += dy.values()[iy];
            }
          }
        });
  }

  /** Which element of its window a tap is: row-major, with padded elements counted. */
  private static int place(PoolSpec spec, Shape x, int iy, int tap) {
    Window rows = spec.rows(x.dim(1));
    Window columns = spec.columns(x.dim(2));
    int window = iy / x.dim(3);
    int top = window / columns.output() % rows.output() * rows.stride() - rows.before();
    int left = window % columns.output() * columns.stride() - columns.before();
    int pixel = tap / x.dim(3);
    int row = pixel / x.dim(2) % x.dim(1) - top;
    int column = pixel % x.dim(2) - left;
    return row * columns.size() + column;
  }

  private static double mean(double[] x, int[] taps) {
    double sum = 0;
    for (int tap : taps) {
      sum += x[tap];
    }
    return sum / taps.length;
  }

  /** The first of the largest or smallest elements; a NaN is taken wherever it stands. */
  private static int extreme(PoolSpec.Kind kind, double[] x, int[] taps) {
    int best = taps[0];
    for (int tap : taps) {
      boolean better = kind == PoolSpec.Kind.MAX ? x[tap] > x[best] : x[tap] < x[best];
      if (better || Double.isNaN(x[tap])) {
        best = tap;
      }
    }
    return best;
  }

  private static void walk(PoolSpec spec, Shape x, Visitor visitor) {
    Window rows = spec.rows(x.dim(1));
    Window columns = spec.columns(x.dim(2));
    int iy = 0;
    for (int n = 0; n < x.dim(0); n++) {
      for (int p = 0; p < rows.output(); p++) {
        for (int q = 0; q < columns.output(); q++) {
          for (int c = 0; c < x.dim(3); c++) {
            visitor.window(iy++, taps(x, rows, columns, n, p, q, c));
          }
        }
      }
    }
  }

  private static int[] taps(Shape x, Window rows, Window columns, int n, int p, int q, int c) {
    int top = first(rows, p);
    int bottom = end(rows, p);
    int left = first(columns, q);
    int right = end(columns, q);
    int[] taps = new int[(bottom - top) * (right - left)];
    int count = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        taps[count++] = ((n * x.dim(1) + row) * x.dim(2) + column) * x.dim(3) + c;
      }
    }
    return taps;
  }

  private static int first(Window window, int position) {
    return Math.max(position * window.stride() - window.before(), 0);
  }

  private static int end(Window window, int position) {
    int end = position * window.stride() - window.before() + window.size();
    return Math.min(end, window.input());
  }
}

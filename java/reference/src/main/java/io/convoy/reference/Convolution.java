// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.ConvSpec;
import io.convoy.ops.Window;
import io.convoy.tensor.Shape;
import java.util.List;

/**
 * Convolution and its two gradients: one walk over all products x w that make up y; the gradients
 * hand dy back along the same products.
 */
final class Convolution {
  private Convolution() {}

  /** A product of the sum: indices into x {@code [N,H,W,C]}, w {@code [kh,kw,C/groups,K]}, y. */
  private interface Product {
    void at(int x, int w, int y);
  }

  static void forward(Conv2D op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] w = in.get(1).values();
    double[] y = out.get(0).values();
    Product sum = (ix, iw, iy) -> y[iy] += x[ix] * w[iw];
    walk(op.spec(), in.get(0).shape(), in.get(1).shape(), sum);
  }

  static void backpropInput(Conv2DBackpropInput op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] dy = in.get(0).values();
    double[] w = in.get(1).values();
    double[] dx = out.get(0).values();
    Product sum = (ix, iw, iy) -> dx[ix] += dy[iy] * w[iw];
    walk(op.spec(), out.get(0).shape(), in.get(1).shape(), sum);
  }

  static void backpropFilter(
      Conv2DBackpropFilter op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] dy = in.get(1).values();
    double[] dw = out.get(0).values();
    Product sum = (ix, iw, iy) -> dw[iw] += x[ix] * dy[iy];
    walk(op.spec(), in.get(0).shape(), out.get(0).shape(), sum);
  }

  private static void walk(ConvSpec spec, Shape x, Shape w, Product product) {
    Window rows = spec.rows(x.dim(1), w.dim(0));
    Window columns = spec.columns(x.dim(2), w.dim(1));
    int iy = 0;
    for (int n = 0; n < x.dim(0); n++) {
      for (int p = 0; p < rows.output(); p++) {
        for (int q = 0; q < columns.output(); q++) {
          for (int k = 0; k < w.dim(3); k++) {
            taps(
                spec,
                x,
                w,
                n,
                p * rows.stride() - rows.before(),
                q * columns.stride() - columns.before(),
                k,
                iy++,
                product);
          }
        }
      }
    }
  }

  /**
   * All products of one element of y, whose window begins at row {@code top}, column {@code left}.
   */
  private static void taps(
      ConvSpec spec, Shape x, Shape w, int n, int top, int left, int k, int iy, Product product) {
    int channels = w.dim(2);
    int group = k / (w.dim(3) / spec.groups());
    for (int i = 0; i < w.dim(0); i++) {
      int row = top + i * spec.dilationH();
      for (int j = 0; j < w.dim(1); j++) {
        int column = left + j * spec.dilationW();
        if (row < 0 || row >= x.dim(1) || column < 0 || column >= x.dim(2)) {
          continue; // padded elements are 0
        }
        for (int c = 0; c < channels; c++) {
          int ix = ((n * x.dim(1) + row) * x.dim(2) + column) * x.dim(3) + group * channels + c;
          int iw = ((i * w.dim(1) + j) * channels + c) * w.dim(3) + k;
          product.at(ix, iw, iy);
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.MatMul;
import java.util.List;

/** The matrix product. */
final class MatrixProduct {
  private MatrixProduct() {}

  static void multiply(MatMul op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] a = in.get(0).values();
    double[] b = in.get(1).values();
    double[] c = out.get(0).values();
    int rows = out.get(0).dim(0);
    int columns = out.get(0).dim(1);
    int inner = in.get(0).dim(op.transposeA() ? 0 : 1);
    for (int m = 0; m < rows; m++) {
      for (int n = 0; n < columns; n++) {
        for (int k = 0; k < inner; k++) {
          int ia = op.transposeA() ? k * rows + m : m * inner + k;
          int ib = op.transposeB() ? n * inner + k : k * columns + n;
          c[m * columns + n] += a[ia] * b[ib];
        }
      }
    }
  }
}

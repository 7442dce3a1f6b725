// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.GemmStep;
import io.convoy.ops.MatMul;

/** The matrix product. */
final class MatrixProduct {
  private MatrixProduct() {}

  static void multiply(MatMul op, Site site) {
    Operand a = site.in(0);
    Operand b = site.in(1);
    Operand y = site.out(0);
    site.add(
        new GemmStep(
            site.name(),
            y.shape().dim(0),
            y.shape().dim(1),
            a.shape().dim(op.transposeA() ? 0 : 1),
            op.transposeA(),
            op.transposeB(),
            site.precision(a),
            y.spec().dtype(),
            a.buffer(),
            b.buffer(),
            y.buffer()));
  }
}

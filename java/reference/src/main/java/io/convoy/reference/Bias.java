// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import java.util.List;

/** The vector that is added to the innermost axis, and its gradient. */
final class Bias {
  private Bias() {}

  static void add(BiasAdd op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] b = in.get(1).values();
    double[] y = out.get(0).values();
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + b[i % b.length];
    }
  }

  static void gradient(BiasAddGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] dy = in.get(0).values();
    double[] db = out.get(0).values();
    for (int i = 0; i < dy.length; i++) {
      db[i % db.length] += dy[i];
    }
  }
}

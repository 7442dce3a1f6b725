// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Softmax;
import io.convoy.ops.SoftmaxGrad;
import java.util.List;

/** Softmax over the innermost axis, its logarithm, and their gradients. */
final class Softmaxes {
  private Softmaxes() {}

  static void forward(Softmax op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] x = in.get(0).values();
    double[] y = out.get(0).values();
    int classes = in.get(0).dim(-1);
    for (int row = 0; row < in.get(0).rows(); row++) {
      double logSum = logSumExp(x, row * classes, classes);
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        y[i] = op.log() ? x[i] - logSum : Math.exp(x[i] - logSum);
      }
    }
  }

  static void gradient(SoftmaxGrad op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] y = in.get(0).values();
    double[] dy = in.get(1).values();
    double[] dx = out.get(0).values();
    int classes = in.get(0).dim(-1);
    for (int row = 0; row < in.get(0).rows(); row++) {
      double sum = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        sum += op.log() ? dy[i] : dy[i] * y[i];
      }
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        dx[i] = op.log() ? dy[i] - Math.exp(y[i]) * sum : (dy[i] - sum) * y[i];
      }
    }
  }

  /** log(sum of e^x) over a row; the largest element is taken out so that nothing overflows. */
  static double logSumExp(double[] x, int begin, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = begin; i < begin + length; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = begin; i < begin + length; i++) {
      sum += Math.exp(x[i] - max);
    }
    return max + Math.log(sum);
  }
}

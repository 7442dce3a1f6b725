// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.tensor.DType;
import java.util.Arrays;
import java.util.List;

/** Cross-entropies and the gradients they make in the same pass. */
final class Losses {
  private Losses() {}

  static void softmaxCrossEntropy(
      SoftmaxCrossEntropy op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] logits = in.get(0).values();
    double[] loss = out.get(0).values();
    double[] backprop = out.get(1).values();
    int classes = in.get(0).dim(1);
    for (int n = 0; n < in.get(0).dim(0); n++) {
      double[] p = smoothed(distribution(in.get(1), n, classes), op.labelSmoothing());
      double mass = Arrays.stream(p).sum();
      double logSum = Softmaxes.logSumExp(logits, n * classes, classes);
      for (int c = 0; c < classes; c++) {
        double logSoftmax = logits[n * classes + c] - logSum;
        loss[n] -= p[c] * logSoftmax;
        backprop[n * classes + c] = Math.exp(logSoftmax) * mass - p[c];
      }
    }
  }

  /** The labels' distribution of row n; all NaN for a class that does not exist. */
  private static double[] distribution(DoubleTensor labels, int n, int classes) {
    if (labels.spec().dtype() == DType.FLOAT32) {
      return Arrays.copyOfRange(labels.values(), n * classes, (n + 1) * classes);
    }
    int label = (int) labels.values()[n];
    double[] p = new double[classes];
    if (label < 0 || label >= classes) {
      Arrays.fill(p, Double.NaN);
    } else {
      p[label] = 1;
    }
    return p;
  }

  private static double[] smoothed(double[] p, double smoothing) {
    for (int c = 0; c < p.length; c++) {
      p[c] = (1 - smoothing) * p[c] + smoothing / p.length;
    }
    return p;
  }

  static void sigmoidCrossEntropy(
      SigmoidCrossEntropy op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] logits = in.get(0).values();
    double[] labels = in.get(1).values();
    double[] loss = out.get(0).values();
    double[] backprop = out.get(1).values();
    for (int i = 0; i < loss.length; i++) {
      double z = logits[i];
      loss[i] = Math.max(z, 0) - z * labels[i] + Math.log1p(Math.exp(-Math.abs(z)));
      backprop[i] = Elementwise.sigmoid(z) - labels[i];
    }
  }
}

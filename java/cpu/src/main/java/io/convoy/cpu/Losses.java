// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.SigmoidCrossEntropy;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.tensor.DType;
import java.nio.FloatBuffer;

/** Cross-entropies and the gradients they make in the same pass, computed in double. */
final class Losses {
  /** Elements that a thread takes at once: an exponential takes 20 ns, taking an item 50 ns. */
  private static final int ITEM = 256;

  private Losses() {}

  static void softmaxCrossEntropy(SoftmaxCrossEntropy op, Site site) {
    int rows = site.in(0).shape().dim(0);
    int classes = site.in(0).shape().dim(1);
    int rowsPerItem = Math.max(1, ITEM / classes);
    boolean differentiated = site.wanted(1);
    boolean sparse = site.in(1).spec().dtype() == DType.INT32;
    double[][] labels = new double[site.workers()][classes];
    double[][] logSoftmax = new double[site.workers()][classes];
    site.loop(
        (rows + rowsPerItem - 1) / rowsPerItem,
        (memory, item, worker) -> {
          double[] p = labels[worker];
          double[] log = logSoftmax[worker];
          for (int n = item * rowsPerItem; n < Math.min(rows, (item + 1) * rowsPerItem); n++) {
            if (sparse) {
              oneHot(memory[1].ints().get(n), p);
            } else {
              read(memory[1].floats(), n * classes, p);
            }
            smooth(p, op.labelSmoothing());
            read(memory[0].floats(), n * classes, log);
            logSoftmax(log);
            memory[2].floats().put(n, (float) crossEntropy(p, log));
            if (differentiated) {
              writeGradient(p, log, memory[3].floats(), n * classes);
            }
          }
        },
        site.in(0),
        site.in(1),
        site.out(0),
        site.out(1));
  }

  /** A row of 0 and one 1; all NaN for a class that does not exist. */
  private static void oneHot(int label, double[] p) {
    boolean exists = label >= 0 && label < p.length;
    for (int c = 0; c < p.length; c++) {
      p[c] = exists ? 0 : Double.NaN;
    }
    if (exists) {
      p[label] = 1;
    }
  }

  private static void read(FloatBuffer from, int begin, double[] into) {
    for (int c = 0; c < into.length; c++) {
      into[c] = from.get(begin + c);
    }
  }

  private static void smooth(double[] p, float smoothing) {
    if (smoothing > 0) {
      for (int c = 0; c < p.length; c++) {
        p[c] = (1 - smoothing) * p[c] + smoothing / p.length;
      }
    }
  }

  /** Logits to logarithms of their softmax; the largest is taken out so that nothing overflows. */
  private static void logSoftmax(double[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : row) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (double logit : row) {
      sum += Math.exp(logit - max);
    }
    double logSum = max + Math.log(sum);
    for (int c = 0; c < row.length; c++) {
      row[c] -= logSum;
    }
  }

  private static double crossEntropy(double[] p, double[] logSoftmax) {
    double loss = 0;
    for (int c = 0; c < p.length; c++) {
      loss -= p[c] * logSoftmax[c];
    }
    return loss;
  }

  private static void writeGradient(
      double[] p, double[] logSoftmax, FloatBuffer backprop, int begin) {
    double mass = 0;
    for (double share : p) {
      mass += share;
    }
    for (int c = 0; c < p.length; c++) {
      backprop.put(begin + c, (float) (Math.exp(logSoftmax[c]) * mass - p[c]));
    }
  }

  static void sigmoidCrossEntropy(SigmoidCrossEntropy op, Site site) {
    int count = Math.toIntExact(site.in(0).elements());
    site.loop(
        (count + ITEM - 1) / ITEM,
        (memory, item, worker) -> {
          for (int i = item * ITEM; i < Math.min(count, (item + 1) * ITEM); i++) {
            double z = memory[0].floats().get(i);
            double label = memory[1].floats().get(i);
            double e = Math.exp(-Math.abs(z)); // at most 1, so that nothing overflows
            double sigmoid = z < 0 ? e / (1 + e) : 1 / (1 + e);
            memory[2].floats().put(i, (float) (Math.max(z, 0) - z * label + Math.log1p(e)));
            memory[3].floats().put(i, (float) (sigmoid - label));
          }
        },
        site.in(0),
        site.in(1),
        site.out(0),
        site.out(1));
  }
}

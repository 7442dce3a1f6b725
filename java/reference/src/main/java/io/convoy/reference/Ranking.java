// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.InTopK;
import io.convoy.tensor.DType;
import java.util.List;

/** Whether the label's class is among the largest predictions. */
final class Ranking {
  private Ranking() {}

  static void inTopK(InTopK op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] predictions = in.get(0).values();
    double[] result = out.get(0).values();
    int classes = in.get(0).dim(1);
    for (int n = 0; n < result.length; n++) {
      int label = label(in.get(1), n, classes);
      boolean exists = label >= 0 && label < classes;
      if (exists && !Double.isNaN(predictions[n * classes + label])) {
        result[n] = larger(predictions, n * classes, classes, label) < op.k() ? 1 : 0;
      }
    }
  }

  /** How many predictions of a row count as larger than the label's; the first of equals does. */
  private static int larger(double[] predictions, int begin, int classes, int label) {
    int count = 0;
    for (int c = 0; c < classes; c++) {
      double p = predictions[begin + c];
      double own = predictions[begin + label];
      if (p > own || (p == own && c < label)) {
        count++;
      }
    }
    return count;
  }

  private static int label(DoubleTensor labels, int n, int classes) {
    if (labels.spec().dtype() == DType.INT32) {
      return (int) labels.values()[n];
    }
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (labels.values()[n * classes + c] > labels.values()[n * classes + best]) {
        best = c;
      }
    }
    return best;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.InTopK;
import io.convoy.ops.OneHot;
import io.convoy.tensor.DType;
import java.util.List;

/** Rows' classes, and whether they are among the largest predictions. */
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

  static void oneHot(OneHot op, List<DoubleTensor> in, List<DoubleTensor> out) {
    double[] y = out.get(0).values();
    for (int n = 0; n < out.get(0).dim(0); n++) {
      int label = label(in.get(0), n, op.classes());
      if (label >= 0 && label < op.classes()) {
        y[n * op.classes() + label] = 1;
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
      double share = labels.values()[n * classes + c];
      double largest = labels.values()[n * classes + best];
      if (share > largest || (Double.isNaN(largest) && !Double.isNaN(share))) {
        best = c;
      }
    }
    return best;
  }
}

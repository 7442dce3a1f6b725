// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.InTopK;
import io.convoy.ops.OneHot;
import io.convoy.tensor.DType;
import java.nio.FloatBuffer;

/** Rows' classes, and whether they are among the largest predictions. */
final class Ranking {
  private Ranking() {}

  static void inTopK(InTopK op, Site site) {
    int rows = site.in(0).shape().dim(0);
    int classes = site.in(0).shape().dim(1);
    boolean sparse = site.in(1).spec().dtype() == DType.INT32;
    site.loop(
        1,
        (memory, item, worker) -> {
          FloatBuffer predictions = memory[0].floats();
          for (int n = 0; n < rows; n++) {
            int begin = n * classes;
            int label =
                sparse ? memory[1].ints().get(n) : largest(memory[1].floats(), begin, classes);
            boolean found = found(predictions, begin, classes, label, op.k());
            memory[2].floats().put(n, found ? 1 : 0);
          }
        },
        site.in(0),
        site.in(1),
        site.out(0));
  }

  static void oneHot(OneHot op, Site site) {
    int rows = site.in(0).shape().dim(0);
    int classes = op.classes();
    boolean sparse = site.in(0).spec().dtype() == DType.INT32;
    site.loop(
        1,
        (memory, item, worker) -> {
          for (int n = 0; n < rows; n++) {
            int begin = n * classes;
            int label =
                sparse ? memory[0].ints().get(n) : largest(memory[0].floats(), begin, classes);
            for (int c = 0; c < classes; c++) {
              memory[1].floats().put(begin + c, c == label ? 1 : 0);
            }
          }
        },
        site.in(0),
        site.out(0));
  }

  private static boolean found(FloatBuffer predictions, int begin, int classes, int label, int k) {
    if (label < 0 || label >= classes) {
      return false;
    }
    float own = predictions.get(begin + label);
    int larger = 0;
    for (int c = 0; c < classes; c++) {
      float p = predictions.get(begin + c);
      if (p > own || (p == own && c < label)) {
        larger++;
      }
    }
    return !Float.isNaN(own) && larger < k;
  }

  private static int largest(FloatBuffer values, int begin, int count) {
    int best = 0;
    for (int c = 1; c < count; c++) {
      float value = values.get(begin + c);
      float largest = values.get(begin + best);
      if (value > largest || (Float.isNaN(largest) && !Float.isNaN(value))) {
        best = c;
      }
    }
    return best;
  }
}

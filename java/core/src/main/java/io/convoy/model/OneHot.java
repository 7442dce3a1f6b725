// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.tensor.Shape;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** Writes class numbers as distributions. */
final class OneHot {
  private final FloatBuffer out;
  private final int rows;
  private final int classes;

  /** Writes to {@code out}, {@code [N,C]}. */
  OneHot(FloatBuffer out, Shape shape) {
    this.out = out;
    this.rows = shape.dim(0);
    this.classes = shape.elementsPerRow();
  }

  /** A single output, as of binary cross-entropy, gets the class number itself. */
  void write(IntBuffer labels) {
    for (int n = 0; n < rows; n++) {
      if (classes == 1) {
        out.put(n, labels.get(n));
        continue;
      }
      for (int c = 0; c < classes; c++) {
        out.put(n * classes + c, labels.get(n) == c ? 1 : 0);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.BackendException;
import io.convoy.ops.Window;

/**
 * Implementations in oneDNN 3.13.0 that compute wrong numbers or crash for some shapes, found by
 * comparing random convolutions with the reference. They are skipped there: the next one that
 * oneDNN offers is right.
 */
final class KnownDefects {
  private final Window rows;
  private final Window columns;

  /**
   * The shapes of a convolution.
   *
   * @param rows its windows along the rows
   * @param columns its windows along the columns
   */
  KnownDefects(Window rows, Window columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Forward, AVX-512. With one input channel x [4,13,4,1] by w [2,3,1,16] with strides 1x2 is wrong
   * in all rows but the first. Where windows lie in the padding alone it crashes: x [3,12,1,64] by
   * w [5,1,16,64], stride 3, dilation 2, padding [0,3,2,1], 4 groups.
   */
  void avoidInForward(PrimitiveDesc desc, int channels) {
    if (channels == 1 && unequalStrides() || windowInPadding(rows) || windowInPadding(columns)) {
      skip(desc, "brg");
    }
  }

  /** Image gradient, AVX-512: calls the forward implementation. */
  void avoidInImageGradient(PrimitiveDesc desc) {
    if (windowInPadding(rows) || windowInPadding(columns)) {
      skip(desc, "brg");
    }
  }

  /** Filter gradient, 1x1 filter, AVX2: x [4,13,14,4] by w [1,1,4,16] with strides 1x2 is wrong. */
  void avoidInFilterGradient(PrimitiveDesc desc) {
    if (unequalStrides()) {
      skip(desc, "jit_1x1");
    }
  }

  private boolean unequalStrides() {
    return rows.stride() != columns.stride();
  }

  private static boolean windowInPadding(Window window) {
    int extent = (window.size() - 1) * window.dilation() + 1;
    return window.before() >= extent || window.after() >= extent;
  }

  /** Some implementations call others; then both names stand in theirs. */
  private static void skip(PrimitiveDesc desc, String implementation) {
    if (!desc.skip(implementation)) {
      throw new BackendException(
          "oneDNN has no implementation but " + implementation + ", which is wrong here");
    }
  }
}

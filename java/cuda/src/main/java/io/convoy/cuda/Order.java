// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;

/** How the elements of a tensor follow each other. */
enum Order {
  /** As everywhere in Convoy. */
  ROW_MAJOR,

  /**
   * The last axis outermost, the others row-major within: a filter {@code [kh,kw,C/groups,K]} lies
   * as {@code [K,kh,kw,C/groups]}, which cuDNN wants for NHWC images. Seen as a matrix {@code [kh
   * kw C/groups, K]}, it is the transpose.
   */
  FILTER;

  private static final int FILTER_RANK = 4;

  /** The order of a variable: FLOAT32 ones of 4 axes are filters, or a filter's state. */
  static Order ofVariable(TensorSpec spec) {
    boolean filter = spec.dtype() == DType.FLOAT32 && spec.shape().rank() == FILTER_RANK;
    return filter ? FILTER : ROW_MAJOR;
  }
}

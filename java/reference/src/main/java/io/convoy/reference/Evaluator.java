// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.ops.Op;
import java.util.List;

/** Computes one kind of op. */
@FunctionalInterface
interface Evaluator<O extends Op> {
  /**
   * Computes.
   *
   * @param op the op
   * @param in its inputs, in the op's order; an update writes those it mutates
   * @param out its outputs, in the op's order, filled with 0
   */
  void evaluate(O op, List<DoubleTensor> in, List<DoubleTensor> out);
}

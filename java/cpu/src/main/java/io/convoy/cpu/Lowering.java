// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.Op;

/**
 * Turns one instruction into steps of a plan.
 *
 * @param <O> the op
 */
@FunctionalInterface
interface Lowering<O extends Op> {
  /**
   * Adds the steps.
   *
   * @param op the op
   * @param site its operands, and where steps go
   */
  void lower(O op, Site site);
}

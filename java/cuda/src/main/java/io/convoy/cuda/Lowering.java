// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

/** Turns one instruction into steps of a plan. */
@FunctionalInterface
interface Lowering {
  /**
   * Adds the steps.
   *
   * @param site the instruction's operands, and where steps go
   */
  void lower(Site site);
}

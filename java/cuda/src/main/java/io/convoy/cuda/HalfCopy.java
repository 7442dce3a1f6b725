// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

/**
 * A variable's copy in 16 bits, which lies beside it on the device, in the same order. It counts
 * the changes that it has gone along with: one that was left out can't be made up for but by {@link
 * #refreshed}.
 */
final class HalfCopy {
  private final CudaVariable variable;
  private final Operand operand;
  private long changes = -1; // the variable begins with 0

  HalfCopy(CudaVariable variable, Operand operand) {
    this.variable = variable;
    this.operand = operand;
  }

  Operand operand() {
    return operand;
  }

  boolean isCurrent() {
    return changes == variable.changes();
  }

  /** What changed the variable has written this as well, or neither. */
  void follow() {
    changes++;
  }

  /** It was made anew from the variable. */
  void refreshed() {
    changes = variable.changes();
  }
}

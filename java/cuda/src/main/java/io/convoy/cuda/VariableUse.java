// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import java.util.List;

/**
 * What a run of a plan does with variables, for their copies in 16 bits to stay true. Allocates
 * nothing.
 */
final class VariableUse {
  private final HalfCopy[] read;
  private final CudaVariable[] changed;
  private final HalfCopy[] written;

  /**
   * Sums a plan up.
   *
   * @param read copies that it reads
   * @param changed variables that it changes, each as often as it does
   * @param written copies that it writes along with their variables, once for each change
   */
  VariableUse(List<HalfCopy> read, List<CudaVariable> changed, List<HalfCopy> written) {
    this.read = read.toArray(HalfCopy[]::new);
    this.changed = changed.toArray(CudaVariable[]::new);
    this.written = written.toArray(HalfCopy[]::new);
  }

  /** Whether all copies that are read have their variables' values. */
  boolean isCurrent() {
    for (HalfCopy copy : read) {
      if (!copy.isCurrent()) {
        return false;
      }
    }
    return true;
  }

  /** To be called when all copies that are read were made anew. */
  void refreshed() {
    for (HalfCopy copy : read) {
      copy.refreshed();
    }
  }

  /** To be called before a run: one that fails leaves copies behind. */
  void begin() {
    for (CudaVariable variable : changed) {
      variable.change();
    }
  }

  /** To be called behind a run. */
  void end() {
    for (HalfCopy copy : written) {
      copy.follow();
    }
  }
}

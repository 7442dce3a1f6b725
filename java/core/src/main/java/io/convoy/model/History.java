// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.util.List;

/**
 * What a fit brought.
 *
 * @param epochs one result an epoch, in order
 */
public record History(List<EpochResult> epochs) {
  /**
   * Copies the list.
   *
   * @param epochs the component
   */
  public History {
    epochs = List.copyOf(epochs);
  }
}

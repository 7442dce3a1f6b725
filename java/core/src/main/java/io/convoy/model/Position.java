// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.util.List;

/**
 * Where a fit stands: enough to go on from, together with the model's variables.
 *
 * @param epoch finished epochs
 * @param step finished steps of the epoch after them
 * @param seconds time that epoch took so far, in seconds
 * @param history results of the finished epochs
 */
public record Position(int epoch, int step, double seconds, List<EpochResult> history) {
  /**
   * Copies the list.
   *
   * @param epoch the component
   * @param step the component
   * @param seconds the component
   * @param history the component
   */
  public Position {
    history = List.copyOf(history);
  }

  /**
   * The start of a fit.
   *
   * @return nothing finished
   */
  public static Position start() {
    return new Position(0, 0, 0, List.of());
  }
}

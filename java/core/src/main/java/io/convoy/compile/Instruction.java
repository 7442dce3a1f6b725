// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Op;
import java.util.List;

/**
 * One op of a {@link Program}.
 *
 * @param name the name of the graph's node
 * @param op what it does
 * @param inputs ids of the slots it reads, in the op's order
 * @param outputs ids of the slots it makes, in the op's order
 */
public record Instruction(String name, Op op, List<Integer> inputs, List<Integer> outputs) {
  /**
   * Copies the lists.
   *
   * @param name the component
   * @param op the component
   * @param inputs the component
   * @param outputs the component
   */
  public Instruction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import java.util.Arrays;

/**
 * When the temporaries of a program are alive, in positions of its instructions.
 *
 * @param first position of the instruction that makes a slot, indexed by slot id; -1 if none does
 * @param last position of the last instruction that reads its data; the number of instructions if
 *     it is fetched; {@code first} if nobody reads it
 */
public record Lifetimes(int[] first, int[] last) {
  /**
   * Works out the lifetimes.
   *
   * @param program the program
   * @return first and last uses
   */
  public static Lifetimes of(Program program) {
    int[] first = new int[program.slots().size()];
    int[] last = new int[first.length];
    Arrays.fill(first, -1);
    Arrays.fill(last, -1);
    for (int at = 0; at < program.instructions().size(); at++) {
      Instruction instruction = program.instructions().get(at);
      for (int id : instruction.outputs()) {
        first[id] = at;
        last[id] = at;
      }
      for (int i = 0; i < instruction.inputs().size(); i++) {
        if (instruction.op().readsData(i)) {
          last[instruction.inputs().get(i)] = at;
        }
      }
    }
    for (int id : program.fetches()) {
      last[id] = program.instructions().size();
    }
    return new Lifetimes(first, last);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import java.util.LinkedList;
import java.util.List;

/** Drops what a fusion left over: instructions that write no variable and that nobody reads. */
final class DropUnread {
  private DropUnread() {}

  static Program apply(Program program) {
    boolean[] read = new boolean[program.slots().size()];
    program.fetches().forEach(id -> read[id] = true);
    LinkedList<Instruction> kept = new LinkedList<>();
    for (int at = program.instructions().size() - 1; at >= 0; at--) {
      Instruction i = program.instructions().get(at);
      if (i.op().isUpdate() || i.outputs().stream().anyMatch(id -> read[id])) {
        i.inputs().forEach(id -> read[id] = true);
        kept.addFirst(i);
      }
    }
    return program.withInstructions(List.copyOf(kept));
  }
}

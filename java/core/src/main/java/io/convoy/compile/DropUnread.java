// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import java.util.LinkedList;
import java.util.List;

/**
 * Drops what a fusion left over: instructions that write no variable and that nobody reads any
 * more. What nobody read before either, such as a member of a group, is there to be done.
 */
final class DropUnread {
  private DropUnread() {}

  /**
   * Drops them.
   *
   * @param before the program before the fusion, with the same slots
   * @param after the program behind it
   */
  static Program apply(Program before, Program after) {
    int[] uses = before.useCounts();
    boolean[] read = new boolean[after.slots().size()];
    after.fetches().forEach(id -> read[id] = true);
    LinkedList<Instruction> kept = new LinkedList<>();
    for (int at = after.instructions().size() - 1; at >= 0; at--) {
      Instruction i = after.instructions().get(at);
      boolean unread = i.outputs().stream().noneMatch(id -> read[id]);
      boolean wasRead = i.outputs().stream().anyMatch(id -> uses[id] > 0);
      if (i.op().isUpdate() || !(unread && wasRead)) {
        i.inputs().forEach(id -> read[id] = true);
        kept.addFirst(i);
      }
    }
    return after.withInstructions(List.copyOf(kept));
  }
}

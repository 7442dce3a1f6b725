// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixes the order: as the graph was written, but everything that writes variables last, so that
 * every op of a run reads a variable as it was when the run began.
 *
 * <p>Among the writers, those that read a variable must come before the one that writes it. A
 * counter such as {@code iterations} is read by the optimizer's update, so assignments follow
 * updates; a cycle among writers is refused.
 */
final class Schedule {
  private Schedule() {}

  static Program apply(Program program) {
    List<Instruction> pure = new ArrayList<>();
    List<Instruction> writers = new ArrayList<>();
    for (Instruction i : program.instructions()) {
      (i.op().isUpdate() ? writers : pure).add(i);
    }
    while (!writers.isEmpty()) {
      Instruction next = firstThatNobodyElseReads(writers);
      writers.remove(next);
      pure.add(next);
    }
    return program.withInstructions(pure);
  }

  private static Instruction firstThatNobodyElseReads(List<Instruction> writers) {
    for (Instruction candidate : writers) {
      if (writers.stream().noneMatch(w -> w != candidate && reads(w, candidate))) {
        return candidate;
      }
    }
    throw new IllegalArgumentException(
        "updates read each other's variables in a circle: "
            + writers.stream().map(Instruction::name).toList());
  }

  /** Whether {@code reader} reads or writes a variable that {@code writer} writes. */
  static boolean reads(Instruction reader, Instruction writer) {
    Op op = writer.op();
    for (int i = 0; i < writer.inputs().size(); i++) {
      if (op.mutates(i) && reader.inputs().contains(writer.inputs().get(i))) {
        return true;
      }
    }
    return false;
  }
}

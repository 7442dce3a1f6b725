// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Assign;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Joins equal {@link Assign}s that follow each other in the schedule, such as the moving averages
 * of all batch normalisations, into one: one pass, one launch. Those of which one reads what the
 * other writes stay apart, since a joined one has no order within.
 */
final class FuseAssigns {
  private FuseAssigns() {}

  static Program apply(Program program) {
    List<Instruction> out = new ArrayList<>();
    for (Instruction next : program.instructions()) {
      int last = out.size() - 1;
      if (last >= 0 && joins(program, out.get(last), next)) {
        out.set(last, join(out.get(last), next));
      } else {
        out.add(next);
      }
    }
    return program.withInstructions(out);
  }

  /** The schedule lets no writer come before a reader, so one direction is left to look at. */
  private static boolean joins(Program program, Instruction before, Instruction next) {
    return next.op() instanceof Assign
        && next.op().equals(before.op())
        && program.slot(next.inputs().get(0)).spec().dtype()
            == program.slot(before.inputs().get(0)).spec().dtype()
        && !Schedule.reads(before, next);
  }

  private static Instruction join(Instruction before, Instruction next) {
    List<Integer> inputs = Stream.of(before, next).flatMap(i -> i.inputs().stream()).toList();
    // The members' tokens are 0 bytes; the first stands for all.
    return new Instruction(before.name(), before.op(), inputs, before.outputs());
  }
}

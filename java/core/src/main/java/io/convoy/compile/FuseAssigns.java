// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Assign;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Joins equal {@link Assign}s that follow each other in the schedule, such as the moving averages
 * of all batch normalisations, into one: one pass, one launch. Those of which one reads what the
 * other writes stay apart, since a joined one has no order within; those of sums or of different
 * types are joined where the device agrees.
 */
final class FuseAssigns {
  private FuseAssigns() {}

  static Program apply(Program program, Support support) {
    List<Instruction> out = new ArrayList<>();
    for (Instruction next : program.instructions()) {
      int last = out.size() - 1;
      Optional<Instruction> joined =
          last < 0
              ? Optional.empty()
              : join(program, out.get(last), next)
                  .filter(i -> support.refuses(i.op(), program.specs(i.inputs())).isEmpty());
      if (joined.isPresent()) {
        out.set(last, joined.get());
      } else {
        out.add(next);
      }
    }
    return program.withInstructions(out);
  }

  /** The schedule lets no writer come before a reader, so one direction is left to look at. */
  private static Optional<Instruction> join(Program program, Instruction before, Instruction next) {
    Optional<Assign> root = root(next.op());
    if (root.isEmpty() || !root.equals(root(before.op())) || Schedule.reads(before, next)) {
      return Optional.empty();
    }
    boolean plain =
        next.op().equals(before.op())
            && next.op() instanceof Assign
            && program.slot(next.inputs().get(0)).spec().dtype()
                == program.slot(before.inputs().get(0)).spec().dtype();
    List<Integer> inputs = Stream.of(before, next).flatMap(i -> i.inputs().stream()).toList();
    // The members' tokens are 0 bytes; the first stands for all.
    Op op = plain ? next.op() : new FusedAssign(root.get());
    return Optional.of(new Instruction(before.name(), op, inputs, before.outputs()));
  }

  private static Optional<Assign> root(Op op) {
    if (op instanceof FusedAssign fused) {
      return Optional.of(fused.root());
    }
    return op instanceof Assign plain ? Optional.of(plain) : Optional.empty();
  }
}

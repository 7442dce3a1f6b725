// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Assign;
import io.convoy.ops.FusedAssign;
import io.convoy.ops.Op;
import io.convoy.ops.Reduce;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets an {@link Assign} add up its value itself, as those of the loss and of metrics: joins it
 * with the sum of all elements that nobody else reads.
 */
final class FuseSums {
  private FuseSums() {}

  static Program apply(Program program, Support support) {
    int[] uses = program.useCounts();
    Map<Integer, Integer> summed = new HashMap<>(); // slot id of a sum -> of what is summed
    for (Instruction i : program.instructions()) {
      int id = i.outputs().get(0);
      if (i.op() instanceof Reduce sum
          && sum.kind() == Reduce.Kind.SUM
          && program.slot(id).spec().shape().elements() == 1
          && uses[id] == 1) {
        summed.put(id, i.inputs().get(0));
      }
    }
    return DropUnread.apply(
        program,
        program.withInstructions(
            program.instructions().stream().map(i -> join(program, support, i, summed)).toList()));
  }

  private static Instruction join(
      Program program, Support support, Instruction i, Map<Integer, Integer> summed) {
    if (!(i.op() instanceof Assign root) || !summed.containsKey(i.inputs().get(1))) {
      return i;
    }
    Op op = new FusedAssign(root);
    List<Integer> inputs = List.of(i.inputs().get(0), summed.get(i.inputs().get(1)));
    return support.refuses(op, program.specs(inputs)).isEmpty()
        ? new Instruction(i.name(), op, inputs, i.outputs())
        : i;
  }
}

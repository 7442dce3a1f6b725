// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the updates of all parameters that share rule, learning rate, iterations and gradient scale
 * into one {@link Update}: one pass, one launch.
 */
final class FuseUpdates {
  private FuseUpdates() {}

  private record Key(Update op, List<Integer> scalars) {}

  static Program apply(Program program) {
    Map<Key, List<Instruction>> groups = new LinkedHashMap<>();
    List<Instruction> out = new ArrayList<>();
    for (Instruction i : program.instructions()) {
      if (i.op() instanceof Update) {
        Key key = new Key((Update) i.op(), i.inputs().subList(0, Update.SCALARS));
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
      } else {
        out.add(i);
      }
    }
    groups.forEach((key, members) -> out.add(join(key, members)));
    return program.withInstructions(out);
  }

  private static Instruction join(Key key, List<Instruction> members) {
    List<Integer> inputs = new ArrayList<>(key.scalars());
    for (Instruction member : members) {
      inputs.addAll(member.inputs().subList(Update.SCALARS, member.inputs().size()));
    }
    // The members' tokens are 0 bytes; the first stands for all.
    Instruction first = members.get(0);
    return new Instruction(first.name(), key.op(), inputs, first.outputs());
  }
}

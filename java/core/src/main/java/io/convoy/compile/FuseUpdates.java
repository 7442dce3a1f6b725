// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Update;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the updates of all parameters that share rule, learning rate, iterations and gradient scale
 * into one {@link Update}: one pass, one launch.
 */
final class FuseUpdates {
  private FuseUpdates() {}

  private record Key(Update op, List<Integer> scalars) {}

  /** The joined update stands where its last member stood: what else is to be done follows it. */
  static Program apply(Program program) {
    Map<Key, List<Instruction>> groups = new HashMap<>();
    for (Instruction i : program.instructions()) {
      if (i.op() instanceof Update) {
        groups.computeIfAbsent(key(i), k -> new ArrayList<>()).add(i);
      }
    }
    List<Instruction> out = new ArrayList<>();
    for (Instruction i : program.instructions()) {
      List<Instruction> members = i.op() instanceof Update ? groups.get(key(i)) : List.of(i);
      if (i.equals(members.get(members.size() - 1))) {
        out.add(i.op() instanceof Update ? join(key(i), members) : i);
      }
    }
    return program.withInstructions(out);
  }

  private static Key key(Instruction update) {
    return new Key((Update) update.op(), update.inputs().subList(0, Update.SCALARS));
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

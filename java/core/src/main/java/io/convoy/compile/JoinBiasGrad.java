// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Joins the gradient by a bias, which is a sum, with an instruction that has what is summed. */
final class JoinBiasGrad {
  private JoinBiasGrad() {}

  /**
   * Joins them wherever the device agrees.
   *
   * @param summed id of the slot that an instruction may sum beside what it does, if any
   * @param joined an op with the sum as one more output
   */
  static Program apply(
      Program program,
      Support support,
      Function<Instruction, Optional<Integer>> summed,
      Function<Op, Op> joined) {
    Map<Integer, Instruction> biasGrads = new HashMap<>(); // by the id of what is summed
    for (Instruction i : program.instructions()) {
      if (i.op() instanceof BiasAddGrad) {
        biasGrads.put(i.inputs().get(0), i);
      }
    }
    List<Instruction> out = new ArrayList<>();
    List<Instruction> absorbed = new ArrayList<>();
    Set<Integer> read = new HashSet<>(); // slots that were read so far
    for (Instruction i : program.instructions()) {
      read.addAll(i.inputs());
      Instruction bias = summed.apply(i).map(biasGrads::get).orElse(null);
      // What is read so far can't be made here: weights that are used twice add up their gradients.
      if (bias != null && !absorbed.contains(bias) && !read.contains(bias.outputs().get(0))) {
        Op op = joined.apply(i.op());
        if (support.refuses(op, program.specs(i.inputs())).isEmpty()) {
          absorbed.add(bias);
          List<Integer> outputs = List.of(i.outputs().get(0), bias.outputs().get(0));
          out.add(new Instruction(i.name(), op, i.inputs(), outputs));
          continue;
        }
      }
      out.add(i);
    }
    out.removeAll(absorbed);
    return program.withInstructions(out);
  }
}

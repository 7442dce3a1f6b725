// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.ActivateGrad;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.FusedActivateGrad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the gradients of an activation and of the bias before it into {@link FusedActivateGrad}:
 * what the one writes, the other need not read.
 */
final class FuseActivateGrad {
  private FuseActivateGrad() {}

  static Program apply(Program program, Support support) {
    Map<Integer, Instruction> biasGrads = new HashMap<>(); // by the id of what is summed
    for (Instruction i : program.instructions()) {
      if (i.op() instanceof BiasAddGrad) {
        biasGrads.put(i.inputs().get(0), i);
      }
    }
    List<Instruction> out = new ArrayList<>();
    List<Instruction> absorbed = new ArrayList<>();
    for (Instruction i : program.instructions()) {
      Instruction bias = i.op() instanceof ActivateGrad ? biasGrads.get(i.outputs().get(0)) : null;
      if (bias != null) {
        FusedActivateGrad fused = new FusedActivateGrad((ActivateGrad) i.op());
        if (support.refuses(fused, program.specs(i.inputs())).isEmpty()) {
          absorbed.add(bias);
          List<Integer> outputs = List.of(i.outputs().get(0), bias.outputs().get(0));
          out.add(new Instruction(i.name(), fused, i.inputs(), outputs));
          continue;
        }
      }
      out.add(i);
    }
    out.removeAll(absorbed);
    return program.withInstructions(out);
  }
}

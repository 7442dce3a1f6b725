// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins the gradient by a filter and the gradient by a bias of the same dy into {@link
 * FusedBiasGrad}: dy is read once.
 */
final class FuseBiasGrad {
  private FuseBiasGrad() {}

  static Program apply(Program program, Support support) {
    Map<Integer, Instruction> biasGrads = new HashMap<>(); // by the id of dy
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
      Instruction bias = makesFilterGradient(i.op()) ? biasGrads.get(i.inputs().get(1)) : null;
      // What is read so far can't be made here: weights that are used twice add up their gradients.
      if (bias != null && !absorbed.contains(bias) && !read.contains(bias.outputs().get(0))) {
        FusedBiasGrad fused = new FusedBiasGrad(i.op());
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

  private static boolean makesFilterGradient(Op op) {
    return op instanceof Conv2DBackpropFilter
        || op instanceof MatMul product && product.transposeA() && !product.transposeB();
  }
}

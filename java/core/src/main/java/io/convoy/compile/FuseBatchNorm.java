// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.Binary;
import io.convoy.ops.FusedBatchNorm;
import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins batch normalisation, a sum with a tensor of the same shape and an activation into {@link
 * FusedBatchNorm}, wherever the value between them has no other reader.
 */
final class FuseBatchNorm {
  private final Program program;
  private final Support support;
  private final int[] uses;
  private final List<Instruction> out = new ArrayList<>();
  private final Map<Integer, Integer> makers = new HashMap<>(); // slot id -> index in out

  private FuseBatchNorm(Program program, Support support) {
    this.program = program;
    this.support = support;
    this.uses = program.useCounts();
  }

  static Program apply(Program program, Support support) {
    return new FuseBatchNorm(program, support).joined();
  }

  private Program joined() {
    for (Instruction next : program.instructions()) {
      if (!joins(next)) {
        next.outputs().forEach(id -> makers.put(id, out.size()));
        out.add(next);
      }
    }
    return program.withInstructions(out);
  }

  /** Makes an instruction part of the normalisation that makes one of its inputs, if it can be. */
  private boolean joins(Instruction next) {
    for (int id : next.inputs()) {
      Integer at = makers.get(id);
      if (at != null && uses[id] == 1 && out.get(at).outputs().get(0) == id) {
        Optional<Instruction> joined = join(at, next).filter(this::supported);
        if (joined.isPresent()) {
          out.set(at, joined.get());
          makers.put(next.outputs().get(0), at);
          return true;
        }
      }
    }
    return false;
  }

  private boolean supported(Instruction fused) {
    return support.refuses(fused.op(), program.specs(fused.inputs())).isEmpty();
  }

  private Optional<Instruction> join(int at, Instruction next) {
    Instruction first = out.get(at);
    FusedBatchNorm sofar;
    if (first.op() instanceof BatchNorm) {
      sofar = new FusedBatchNorm(((BatchNorm) first.op()).epsilon(), false, Optional.empty());
    } else if (first.op() instanceof FusedBatchNorm) {
      sofar = (FusedBatchNorm) first.op();
    } else {
      return Optional.empty();
    }
    if (sofar.activation().isPresent()) {
      return Optional.empty();
    }
    List<Integer> inputs = new ArrayList<>(first.inputs());
    Op grown;
    if (next.op() instanceof Activate) {
      Optional<Activation> f = Optional.of(((Activate) next.op()).function());
      grown = new FusedBatchNorm(sofar.epsilon(), sofar.residual(), f);
    } else if (next.op().equals(new Binary(Binary.Kind.ADD)) && !sofar.residual()) {
      int residual = next.inputs().get(first.outputs().get(0).equals(next.inputs().get(0)) ? 1 : 0);
      if (!addable(residual, at)) {
        return Optional.empty();
      }
      inputs.add(residual);
      grown = new FusedBatchNorm(sofar.epsilon(), true, Optional.empty());
    } else {
      return Optional.empty();
    }
    List<Integer> outputs = new ArrayList<>(first.outputs());
    outputs.set(0, next.outputs().get(0));
    return Optional.of(new Instruction(next.name(), grown, inputs, outputs));
  }

  /** The sum runs where the normalisation ran, so what is added must have been made before. */
  private boolean addable(int residual, int at) {
    int y = out.get(at).outputs().get(0);
    return program.slot(residual).spec().equals(program.slot(y).spec())
        && makers.getOrDefault(residual, -1) < at;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Fused;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins convolution or matrix product, bias and activation into {@link Fused}, wherever the value
 * between them has no other reader: it is then never written to memory.
 */
final class FuseEpilogue {
  private FuseEpilogue() {}

  static Program apply(Program program, Support support) {
    int[] uses = program.useCounts();
    List<Instruction> out = new ArrayList<>();
    Map<Integer, Integer> makers = new HashMap<>(); // slot id -> index in out of its maker
    for (Instruction next : program.instructions()) {
      Integer at = next.inputs().isEmpty() ? null : makers.get(next.inputs().get(0));
      Optional<Instruction> joined =
          at != null && uses[next.inputs().get(0)] == 1
              ? join(out.get(at), next).filter(i -> supported(program, support, i))
              : Optional.empty();
      if (joined.isPresent()) {
        out.set(at, joined.get());
        makers.put(next.outputs().get(0), at);
      } else {
        makers.put(next.outputs().get(0), out.size());
        out.add(next);
      }
    }
    return program.withInstructions(out);
  }

  /** The epilogue runs where its root ran, so a bias must not be made by an instruction between. */
  private static boolean supported(Program program, Support support, Instruction fused) {
    boolean biasReady =
        fused.inputs().size() < 3 || !program.slot(fused.inputs().get(2)).isTemporary();
    return biasReady && support.refuses(fused.op(), program.specs(fused.inputs())).isEmpty();
  }

  /** The two as one, if {@code next} may be an epilogue of {@code first}. */
  private static Optional<Instruction> join(Instruction first, Instruction next) {
    Op op = first.op();
    Fused sofar;
    if (op instanceof Conv2D || op instanceof MatMul) {
      sofar = new Fused(op, false, Optional.empty());
    } else if (op instanceof Fused) {
      sofar = (Fused) op;
    } else {
      return Optional.empty();
    }
    if (sofar.activation().isPresent()) {
      return Optional.empty();
    }
    List<Integer> inputs = new ArrayList<>(first.inputs());
    Fused grown;
    if (next.op() instanceof BiasAdd && !sofar.bias()) {
      inputs.add(next.inputs().get(1));
      grown = new Fused(sofar.root(), true, Optional.empty());
    } else if (next.op() instanceof Activate) {
      Activation function = ((Activate) next.op()).function();
      grown = new Fused(sofar.root(), sofar.bias(), Optional.of(function));
    } else {
      return Optional.empty();
    }
    return Optional.of(new Instruction(next.name(), grown, inputs, next.outputs()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Activate;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.Binary;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedNormalization;
import io.convoy.ops.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins what inference consists of, wherever the value between has no other reader: a convolution
 * with batch normalisation by given statistics and an activation into {@link FusedNormalization},
 * the sum at the end of a residual block with its activation into {@link Fused}.
 */
public final class FuseInference {
  private final Program program;
  private final int[] uses;
  private final Map<Integer, Instruction> makers = new HashMap<>(); // by slot id
  private final List<Instruction> out = new ArrayList<>();

  private FuseInference(Program program) {
    this.program = program;
    this.uses = program.useCounts();
  }

  /**
   * Joins them in programs that change no variable, in which an instruction may move to where its
   * epilogue stood.
   *
   * @param program a compiled program
   * @return the changed program
   */
  public static Program apply(Program program) {
    return program.instructions().stream().anyMatch(FuseInference::mutates)
        ? program
        : new FuseInference(program).joined();
  }

  private static boolean mutates(Instruction i) {
    for (int input = 0; input < i.inputs().size(); input++) {
      if (i.op().mutates(input)) {
        return true;
      }
    }
    return false;
  }

  private Program joined() {
    for (Instruction next : program.instructions()) {
      Instruction made = next;
      for (int i = 0; i < next.inputs().size() && made == next; i++) {
        made = join(next, i);
      }
      out.add(made);
      makers.put(made.outputs().get(0), made);
    }
    return program.withInstructions(out);
  }

  /** The instruction as an epilogue of the one that makes an input, or as it is. */
  private Instruction join(Instruction next, int input) {
    int made = next.inputs().get(input);
    Instruction first = makers.get(made);
    if (first == null || uses[made] > 1) {
      return next;
    }
    Optional<Instruction> joined = Optional.empty();
    if (next.op() instanceof BatchNormInference && input == 0) {
      joined = normalized(first, next);
    } else if (next.op() instanceof Activate) {
      joined =
          activated(first.op(), ((Activate) next.op()).function())
              .map(op -> new Instruction(next.name(), op, first.inputs(), next.outputs()));
    }
    joined.ifPresent(i -> out.remove(first));
    return joined.orElse(next);
  }

  private static Optional<Instruction> normalized(Instruction first, Instruction next) {
    Op op = first.op();
    boolean bias = op instanceof Fused;
    Op root = bias ? ((Fused) op).root() : op;
    boolean activated = bias && ((Fused) op).activation().isPresent();
    if (!(root instanceof Conv2D) || activated) {
      return Optional.empty();
    }
    float epsilon = ((BatchNormInference) next.op()).epsilon();
    List<Integer> inputs = new ArrayList<>(first.inputs().subList(0, 2));
    inputs.addAll(next.inputs().subList(1, next.inputs().size()));
    inputs.addAll(first.inputs().subList(2, first.inputs().size()));
    Op made = new FusedNormalization((Conv2D) root, epsilon, bias, Optional.empty());
    return Optional.of(new Instruction(next.name(), made, inputs, next.outputs()));
  }

  private static Optional<Op> activated(Op op, Activation function) {
    Optional<Activation> f = Optional.of(function);
    if (op.equals(new Binary(Binary.Kind.ADD))) {
      return Optional.of(new Fused(op, false, f));
    }
    if (op instanceof FusedNormalization && ((FusedNormalization) op).activation().isEmpty()) {
      FusedNormalization sofar = (FusedNormalization) op;
      return Optional.of(new FusedNormalization(sofar.root(), sofar.epsilon(), sofar.bias(), f));
    }
    return Optional.empty();
  }
}

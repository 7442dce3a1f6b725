// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.FusedBatchNormGrad;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins the gradients of an activation and of the batch normalisation before it into {@link
 * FusedBatchNormGrad}. Where nothing was added between the two, and nobody else reads the
 * activation's gradient, it is never written, and what the activation made is not read. Comes
 * before {@link FuseBatchNorm}, of which it may take a reader of the value between.
 */
final class FuseBatchNormGrad {
  private final Program program;
  private final Support support;
  private final int[] uses;
  private final Map<Integer, Instruction> makers = new HashMap<>(); // of the slots made so far
  private final Map<Integer, Instruction> gradients = new HashMap<>(); // the first by the id of dy

  private FuseBatchNormGrad(Program program, Support support) {
    this.program = program;
    this.support = support;
    this.uses = program.useCounts();
    for (Instruction i : program.instructions()) {
      if (i.op() instanceof BatchNormGrad && !((BatchNormGrad) i.op()).givenStatistics()) {
        gradients.putIfAbsent(i.inputs().get(1), i);
      }
    }
  }

  static Program apply(Program program, Support support) {
    return new FuseBatchNormGrad(program, support).joined();
  }

  private Program joined() {
    List<Instruction> out = new ArrayList<>();
    Set<Instruction> absorbed = new HashSet<>();
    for (Instruction i : program.instructions()) {
      if (absorbed.contains(i)) {
        continue;
      }
      Instruction gradient =
          i.op() instanceof ActivateGrad ? gradients.get(i.outputs().get(0)) : null;
      Optional<Instruction> joined =
          Optional.ofNullable(gradient).filter(this::ready).map(g -> join(i, g));
      joined = joined.filter(this::supported);
      joined.ifPresent(fused -> absorbed.add(gradient));
      Instruction made = joined.orElse(i);
      made.outputs().forEach(id -> makers.put(id, made));
      out.add(made);
    }
    return program.withInstructions(out);
  }

  /** It will run where the activation's gradient ran: all else that it reads must be there. */
  private boolean ready(Instruction gradient) {
    return gradient.inputs().stream()
        .filter(id -> !id.equals(gradient.inputs().get(1)))
        .allMatch(id -> makers.containsKey(id) || !program.slot(id).isTemporary());
  }

  private boolean supported(Instruction fused) {
    return support.refuses(fused.op(), program.specs(fused.inputs())).isEmpty();
  }

  private Instruction join(Instruction activation, Instruction gradient) {
    Activation f = ((ActivateGrad) activation.op()).function();
    float epsilon = ((BatchNormGrad) gradient.op()).epsilon();
    int value = activation.inputs().get(1);
    int dz = activation.outputs().get(0);
    List<Integer> inputs = new ArrayList<>(gradient.inputs());
    inputs.set(1, activation.inputs().get(0));
    List<Integer> outputs = new ArrayList<>(gradient.outputs());
    Optional<Integer> beta = uses[dz] == 1 ? beta(f, value, gradient) : Optional.empty();
    inputs.add(beta.orElse(value));
    if (beta.isEmpty()) {
      outputs.add(dz);
    }
    FusedBatchNormGrad op = new FusedBatchNormGrad(epsilon, f, beta.isEmpty());
    return new Instruction(gradient.name(), op, inputs, outputs);
  }

  /** The normalisation's beta, if the activation's argument is what the normalisation made. */
  private Optional<Integer> beta(Activation f, int value, Instruction gradient) {
    if (!FusedBatchNormGrad.toldFromArgument(f)) {
      return Optional.empty();
    }
    Optional<Instruction> maker = Optional.ofNullable(makers.get(value));
    if (f.kind().derivativeUses() == Activation.Uses.OUTPUT) {
      maker =
          maker.filter(i -> i.op().equals(new Activate(f))).map(i -> makers.get(i.inputs().get(0)));
    }
    return maker.filter(i -> isForward(i, gradient)).map(i -> i.inputs().get(2));
  }

  /** Whether an instruction is the normalisation whose gradient another one is. */
  private static boolean isForward(Instruction i, Instruction gradient) {
    List<Integer> read = gradient.inputs();
    return i.op().equals(new BatchNorm(((BatchNormGrad) gradient.op()).epsilon()))
        && i.inputs().subList(0, 2).equals(List.of(read.get(0), read.get(2)))
        && i.outputs().subList(1, 3).equals(read.subList(3, 5));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Binary;
import io.convoy.ops.Constant;
import io.convoy.ops.FusedSoftmaxCrossEntropy;
import io.convoy.ops.InTopK;
import io.convoy.ops.Op;
import io.convoy.ops.ReduceGrad;
import io.convoy.ops.Reshape;
import io.convoy.ops.SoftmaxCrossEntropy;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins softmax cross-entropy with its neighbours in {@link FusedSoftmaxCrossEntropy}: the
 * multiplication of its gradient by what comes down from the loss of the batch (1 / N of a mean,
 * weights of instances, the scale of an fp16 loss), and the ranking of the same labels. What the
 * gradient is multiplied by must be a product of numbers and of tensors that exist before the loss;
 * otherwise all stays as it is.
 */
final class FuseCrossEntropy {
  private static final Binary MULTIPLY = new Binary(Binary.Kind.MULTIPLY);

  /** The gradient that is wanted of a loss: the slot, and what makes it of the loss' own. */
  private record Gradient(int slot, Factors factors) {}

  private final Program program;
  private final Support support;
  private final int[] uses;
  private final Map<Integer, Integer> makers = new HashMap<>(); // slot id -> instruction
  private final Map<Integer, Instruction> readers = new HashMap<>(); // slot id -> its last reader

  private FuseCrossEntropy(Program program, Support support) {
    this.program = program;
    this.support = support;
    this.uses = program.useCounts();
    for (int at = 0; at < program.instructions().size(); at++) {
      Instruction i = program.instructions().get(at);
      for (int id : i.outputs()) {
        makers.put(id, at);
      }
      i.inputs().forEach(id -> readers.put(id, i));
    }
  }

  static Program apply(Program program, Support support) {
    return DropUnread.apply(program, new FuseCrossEntropy(program, support).joined());
  }

  private Program joined() {
    List<Instruction> out = new ArrayList<>();
    Set<Integer> made = new HashSet<>(); // by a loss, in place of an instruction behind it
    for (Instruction i : program.instructions()) {
      Instruction next = i.op() instanceof SoftmaxCrossEntropy ? joined(i, made) : i;
      if (!made.contains(i.outputs().get(0))) {
        out.add(next);
      }
      if (next != i) {
        made.addAll(next.outputs());
      }
    }
    return program.withInstructions(out);
  }

  /** A loss with what may be joined with it, or as it is. */
  private Instruction joined(Instruction loss, Set<Integer> made) {
    Optional<Gradient> gradient = gradient(loss);
    Optional<Instruction> ranking = ranking(loss, made);
    boolean gains = ranking.isPresent() || !gradient.equals(Optional.of(own(loss)));
    if (gradient.isEmpty() || !gains) {
      return loss;
    }
    Factors factors = gradient.get().factors();
    Op op =
        new FusedSoftmaxCrossEntropy(
            (SoftmaxCrossEntropy) loss.op(),
            factors.number(),
            ranking.map(Instruction::op).map(InTopK.class::cast));
    List<Integer> inputs = new ArrayList<>(loss.inputs());
    inputs.addAll(factors.slots());
    List<Integer> outputs = new ArrayList<>(loss.outputs());
    outputs.set(1, gradient.get().slot());
    ranking.ifPresent(r -> outputs.addAll(r.outputs()));
    return support.refuses(op, program.specs(inputs)).isEmpty()
        ? new Instruction(loss.name(), op, inputs, outputs)
        : loss;
  }

  private static Gradient own(Instruction loss) {
    return new Gradient(loss.outputs().get(1), Factors.ofNumber(1));
  }

  /** What becomes of a loss' gradient, if that can be told. */
  private Optional<Gradient> gradient(Instruction loss) {
    int own = loss.outputs().get(1);
    if (uses[own] == 0) {
      return Optional.of(own(loss));
    }
    Instruction reader = readers.get(own);
    if (uses[own] > 1 || reader == null || !reader.op().equals(MULTIPLY)) {
      return Optional.empty();
    }
    int other = reader.inputs().get(reader.inputs().get(0) == own ? 1 : 0);
    int rows = shape(own).dim(0);
    return isOneARow(shape(other), rows)
        ? factors(other, rows, makers.get(own))
            .filter(f -> f.slots().size() <= FusedSoftmaxCrossEntropy.MOST_FACTORS)
            .map(f -> new Gradient(reader.outputs().get(0), f))
        : Optional.empty();
  }

  /** A ranking of a loss' logits and labels that no other loss makes. */
  private Optional<Instruction> ranking(Instruction loss, Set<Integer> made) {
    return program.instructions().stream()
        .filter(i -> i.op() instanceof InTopK && i.inputs().equals(loss.inputs()))
        .filter(i -> !made.contains(i.outputs().get(0)))
        .filter(i -> makers.get(i.outputs().get(0)) > makers.get(loss.outputs().get(0)))
        .findFirst();
  }

  /** Whether a tensor is repeated along the columns of a matrix. */
  private static boolean isOneARow(Shape shape, int rows) {
    return shape.elements() == 1 && shape.rank() <= 2
        || shape.rank() == 2 && shape.dim(0) == rows && shape.dim(1) == 1;
  }

  /**
   * A tensor of one element, or of one a row, as a product of what is there before an instruction.
   */
  private Optional<Factors> factors(int id, int rows, int before) {
    Slot slot = program.slot(id);
    long elements = slot.spec().shape().elements();
    if (elements != 1 && elements != rows) {
      return Optional.empty();
    }
    if (slot.isConstant() && elements == 1) {
      return Optional.of(Factors.ofNumber(((Constant) slot.container().get()).value().item()));
    }
    if (!slot.isTemporary() || makers.get(id) < before) {
      return Optional.of(Factors.ofSlot(id));
    }
    Instruction maker = program.instructions().get(makers.get(id));
    int from = maker.inputs().get(0);
    if (maker.op() instanceof ReduceGrad op && shape(from).elements() == 1) {
      return factors(from, rows, before).map(f -> f.times(Factors.ofNumber(op.factor(shape(id)))));
    }
    if (maker.op() instanceof Reshape) {
      return factors(from, rows, before);
    }
    if (maker.op().equals(MULTIPLY)) {
      return factors(from, rows, before)
          .flatMap(f -> factors(maker.inputs().get(1), rows, before).map(f::times));
    }
    return Optional.empty();
  }

  private Shape shape(int id) {
    return program.slot(id).spec().shape();
  }
}

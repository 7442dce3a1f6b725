// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Fused;
import io.convoy.ops.FusedPool2D;
import io.convoy.ops.FusedPool2DGrad;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets poolings remember what they took, in a {@link FusedPool2D}, so that their gradients read
 * neither what was pooled nor, for it, f's value: a {@link FusedPool2DGrad} with the gradients of
 * the activation and of the bias before it. Where then nobody but the pooling reads what a
 * convolution's bias and activation made, these move from the convolution to the pooling, and it is
 * never written: in training behind poolings that take one element, in inference behind all.
 */
final class FusePool {
  private final Program program;
  private final Support support;
  private final List<Slot> slots;
  private final int[] readers; // instructions and fetches that read a slot's data
  private final Map<Integer, Instruction> makers = new HashMap<>(); // by slot id
  private final Map<Integer, List<Instruction>> poolGrads = new HashMap<>(); // by id of p
  private final Map<Integer, Instruction> activationGrads = new HashMap<>(); // by id of dy
  private final Map<Instruction, Instruction> changed = new HashMap<>();
  private final Set<Instruction> absorbed = new HashSet<>();

  private FusePool(Program program, Support support) {
    this.program = program;
    this.support = support;
    this.slots = new ArrayList<>(program.slots());
    this.readers = new int[slots.size()];
    program.fetches().forEach(id -> readers[id]++);
    for (Instruction i : program.instructions()) {
      i.outputs().forEach(id -> makers.put(id, i));
      for (int input = 0; input < i.inputs().size(); input++) {
        readers[i.inputs().get(input)] += i.op().readsData(input) ? 1 : 0;
      }
      if (i.op() instanceof Pool2DGrad) {
        poolGrads.computeIfAbsent(i.inputs().get(1), p -> new ArrayList<>()).add(i);
      } else if (i.op() instanceof ActivateGrad) {
        activationGrads.put(i.inputs().get(0), i);
      }
    }
  }

  static Program apply(Program program, Support support) {
    return JoinBiasGrad.apply(
        new FusePool(program, support).joined(),
        support,
        i -> i.op() instanceof FusedPool2DGrad ? Optional.of(i.outputs().get(0)) : Optional.empty(),
        op -> withBias((FusedPool2DGrad) op));
  }

  private static FusedPool2DGrad withBias(FusedPool2DGrad op) {
    return new FusedPool2DGrad(op.spec(), op.activation(), true);
  }

  private Program joined() {
    program.instructions().stream().filter(i -> i.op() instanceof Pool2D).forEach(this::join);
    List<Instruction> out =
        program.instructions().stream()
            .filter(i -> !absorbed.contains(i))
            .map(i -> changed.getOrDefault(i, i))
            .toList();
    return program.with(slots, out);
  }

  private void join(Instruction pool) {
    int y = pool.inputs().get(0);
    Optional<Instruction> gradient = gradient(pool);
    Optional<Instruction> activation = gradient.flatMap(g -> activationGrad(g, y));
    int gone = 1 + (gradient.isPresent() ? 1 : 0) + (activation.isPresent() ? 1 : 0);
    Optional<Instruction> maker =
        Optional.ofNullable(makers.get(y)).filter(m -> convolves(m) && readers[y] == gone);
    if (gradient.isEmpty() && maker.isEmpty()) {
      return;
    }
    int taken = slots.size();
    Instruction forward = forward(pool, maker, gradient.map(g -> taken));
    if (!supported(forward)) {
      return;
    }
    if (gradient.isPresent()) {
      TensorSpec spec = forward.op().infer(program.specs(forward.inputs())).get(1);
      slots.add(new Slot(taken, pool.name() + "/taken", spec, Optional.empty()));
    }
    Optional<Instruction> backward = gradient.map(g -> backward(g, activation, taken));
    if (backward.isPresent() && !supported(backward.get())) {
      return;
    }
    changed.put(pool, forward);
    maker.ifPresent(m -> changed.put(m, root(m)));
    backward.ifPresent(b -> changed.put(activation.orElse(gradient.get()), b));
    activation.ifPresent(a -> absorbed.add(gradient.get()));
  }

  /** The only gradient of a pooling, if it can be told from what was taken. */
  private Optional<Instruction> gradient(Instruction pool) {
    PoolSpec spec = ((Pool2D) pool.op()).spec();
    List<Instruction> all = poolGrads.getOrDefault(pool.outputs().get(0), List.of());
    return all.stream()
        .filter(g -> all.size() == 1 && FusedPool2D.tellsTaken(spec))
        .filter(g -> g.inputs().get(0).equals(pool.inputs().get(0)))
        .filter(g -> g.op().equals(new Pool2DGrad(spec)))
        .findFirst();
  }

  /**
   * The gradient of the function that made y, if it alone reads what a pooling's gradient makes.
   */
  private Optional<Instruction> activationGrad(Instruction gradient, int y) {
    int dy = gradient.outputs().get(0);
    return Optional.ofNullable(activationGrads.get(dy))
        .filter(a -> readers[dy] == 1 && a.inputs().get(1) == y)
        .filter(a -> ActivationBeforePoolGrad.fits(((ActivateGrad) a.op()).function()));
  }

  private static boolean convolves(Instruction maker) {
    return maker.op() instanceof Fused && ((Fused) maker.op()).root() instanceof Conv2D;
  }

  /** A convolution without what follows it; its slot then holds that. */
  private static Instruction root(Instruction maker) {
    List<Integer> inputs = maker.inputs().subList(0, 2);
    return new Instruction(maker.name(), ((Fused) maker.op()).root(), inputs, maker.outputs());
  }

  private static Instruction forward(
      Instruction pool, Optional<Instruction> maker, Optional<Integer> taken) {
    List<Integer> inputs = new ArrayList<>(pool.inputs());
    List<Integer> outputs = new ArrayList<>(pool.outputs());
    maker.ifPresent(m -> inputs.addAll(m.inputs().subList(2, m.inputs().size())));
    taken.ifPresent(outputs::add);
    boolean bias = inputs.size() > 1;
    Optional<Activation> f = maker.flatMap(m -> ((Fused) m.op()).activation());
    PoolSpec spec = ((Pool2D) pool.op()).spec();
    FusedPool2D op = new FusedPool2D(spec, bias, f, taken.isPresent());
    return new Instruction(pool.name(), op, inputs, outputs);
  }

  private static Instruction backward(
      Instruction gradient, Optional<Instruction> activation, int taken) {
    List<Integer> read = gradient.inputs(); // x, p, dp
    List<Integer> inputs = new ArrayList<>(List.of(read.get(0), taken, read.get(2)));
    activation.ifPresent(a -> inputs.add(read.get(1)));
    Instruction last = activation.orElse(gradient);
    Optional<Activation> f = activation.map(a -> ((ActivateGrad) a.op()).function());
    PoolSpec spec = ((Pool2DGrad) gradient.op()).spec();
    FusedPool2DGrad op = new FusedPool2DGrad(spec, f, false);
    return new Instruction(last.name(), op, inputs, last.outputs());
  }

  private boolean supported(Instruction fused) {
    List<TensorSpec> specs = fused.inputs().stream().map(id -> slots.get(id).spec()).toList();
    return support.refuses(fused.op(), specs).isEmpty();
  }
}

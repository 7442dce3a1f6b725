// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.ActivateGrad;
import io.convoy.ops.Activation;
import io.convoy.ops.FusedActivateGrad;
import io.convoy.ops.Op;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.PoolSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Exchanges the gradients of pooling and of the activation before it, where the pooled tensor is
 * the smaller one. With y = f(x) and p = maxPool(y), dx = f'(y) poolGrad(dp). An element of y that
 * gets a gradient is the largest of its window, hence equal to the window's p, and f' is told from
 * f's output, so dx = poolGrad(f'(p) dp): for a 2x2 window f' is applied to a quarter of the
 * elements, and y need not be kept for it. Each element of dp reaches one element of dx, so what a
 * {@link FusedActivateGrad} sums is the same before and behind.
 */
public final class ActivationBeforePoolGrad {
  private static final Set<Activation.Kind> FITTING =
      EnumSet.of(
          Activation.Kind.RELU,
          Activation.Kind.RELU6,
          Activation.Kind.LEAKY_RELU,
          Activation.Kind.ELU,
          Activation.Kind.SIGMOID,
          Activation.Kind.TANH);

  private ActivationBeforePoolGrad() {}

  /**
   * Exchanges them wherever that can be done. A pass for backends that refuse {@link
   * io.convoy.ops.FusedPool2DGrad}, and whose pooling takes the largest element as it is, bit for
   * bit.
   *
   * @param program a compiled program
   * @return the changed program
   */
  public static Program apply(Program program) {
    int[] uses = program.useCounts();
    Map<Integer, Integer> poolGrads = new HashMap<>(); // slot id of dy -> index of its maker
    List<Slot> slots = new ArrayList<>(program.slots());
    List<Instruction> out = new ArrayList<>();
    for (Instruction i : program.instructions()) {
      Optional<Activation> function = function(i.op());
      Integer at = function.isPresent() ? poolGrads.get(i.inputs().get(0)) : null;
      if (at != null
          && uses[i.inputs().get(0)] == 1
          && fits(function.get())
          && exchangeable(i, out.get(at))) {
        Instruction pool = out.get(at);
        int x = pool.inputs().get(0);
        int p = pool.inputs().get(1);
        int dp = pool.inputs().get(2);
        int changed = slots.size();
        slots.add(new Slot(changed, i.name(), program.slot(dp).spec(), Optional.empty()));
        List<Integer> outputs = new ArrayList<>(i.outputs());
        int dx = outputs.set(0, changed);
        out.set(at, new Instruction(i.name(), i.op(), List.of(dp, p), outputs));
        out.add(new Instruction(pool.name(), pool.op(), List.of(x, p, changed), List.of(dx)));
      } else {
        if (i.op() instanceof Pool2DGrad) {
          poolGrads.put(i.outputs().get(0), out.size());
        }
        out.add(i);
      }
    }
    return program.with(slots, out);
  }

  /** Whether a function's derivative is finite and told from its output. */
  static boolean fits(Activation function) {
    return FITTING.contains(function.kind());
  }

  /** Whose gradient an op is, of an activation alone or with a bias before it. */
  private static Optional<Activation> function(Op op) {
    if (op instanceof FusedActivateGrad) {
      return Optional.of(((FusedActivateGrad) op).root().function());
    }
    return op instanceof ActivateGrad
        ? Optional.of(((ActivateGrad) op).function())
        : Optional.empty();
  }

  private static boolean exchangeable(Instruction activation, Instruction pool) {
    PoolSpec spec = ((Pool2DGrad) pool.op()).spec();
    boolean shrinks = spec.strideH() * spec.strideW() > 1;
    boolean selects = spec.kind() != PoolSpec.Kind.AVERAGE;
    boolean sameY = activation.inputs().get(1).equals(pool.inputs().get(0));
    return shrinks && selects && sameY;
  }
}

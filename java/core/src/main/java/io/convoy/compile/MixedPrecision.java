// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.ops.Activate;
import io.convoy.ops.ActivateGrad;
import io.convoy.ops.BatchNorm;
import io.convoy.ops.BatchNormGrad;
import io.convoy.ops.BatchNormInference;
import io.convoy.ops.BiasAdd;
import io.convoy.ops.BiasAddGrad;
import io.convoy.ops.Binary;
import io.convoy.ops.Cast;
import io.convoy.ops.Concat;
import io.convoy.ops.Conv2D;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.Conv2DBackpropInput;
import io.convoy.ops.Dropout;
import io.convoy.ops.FusedSoftmaxCrossEntropy;
import io.convoy.ops.LocalResponseNormalization;
import io.convoy.ops.LocalResponseNormalizationGrad;
import io.convoy.ops.MatMul;
import io.convoy.ops.Op;
import io.convoy.ops.Pad;
import io.convoy.ops.Pool2D;
import io.convoy.ops.Pool2DGrad;
import io.convoy.ops.Reshape;
import io.convoy.ops.Slice;
import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stores what layers compute in 16 bits. Convolutions and matrix products always take 16 bits, what
 * is applied to activations one by one or window by window takes what it is given, and all else,
 * such as losses, sums, softmax and updates, takes FLOAT32. A cross-entropy that multiplies its
 * gradient itself computes in FLOAT32 and takes and makes 16 bits: nothing is rounded before it is
 * scaled. Where an op wants the other type, a {@link Cast} stands between; those of all variables
 * are one instruction at the start.
 */
final class MixedPrecision {
  /** All inputs in 16 bits. */
  private static final Set<Class<? extends Op>> PRODUCTS =
      Set.of(Conv2D.class, Conv2DBackpropInput.class, Conv2DBackpropFilter.class, MatMul.class);

  /**
   * Of 16 bits if the input with that index is, and then so many inputs from the first on; the
   * others stay FLOAT32. Gradients ask the tensor that the forward op got.
   *
   * @param asked index of an input
   * @param data number of inputs
   */
  private record Follower(int asked, int data) {}

  private static final Follower FIRST = new Follower(0, 1);
  private static final Map<Class<? extends Op>, Follower> FOLLOWERS =
      Map.ofEntries(
          Map.entry(BiasAdd.class, FIRST),
          Map.entry(BiasAddGrad.class, FIRST),
          Map.entry(Pool2D.class, FIRST),
          Map.entry(Pool2DGrad.class, new Follower(0, 3)),
          Map.entry(Activate.class, FIRST),
          Map.entry(ActivateGrad.class, new Follower(1, 2)),
          Map.entry(BatchNorm.class, FIRST),
          Map.entry(BatchNormInference.class, FIRST),
          Map.entry(BatchNormGrad.class, new Follower(0, 2)),
          Map.entry(LocalResponseNormalization.class, FIRST),
          Map.entry(LocalResponseNormalizationGrad.class, new Follower(0, 2)),
          Map.entry(Dropout.class, FIRST),
          Map.entry(FusedSoftmaxCrossEntropy.class, FIRST),
          Map.entry(Reshape.class, FIRST),
          Map.entry(Slice.class, FIRST),
          Map.entry(Pad.class, FIRST));

  private final DType half;
  private final Program program;
  private final List<Slot> slots;
  private final List<Instruction> out = new ArrayList<>();
  private final Map<Integer, Integer> others = new HashMap<>(); // slot id -> id of its cast
  private final List<Integer> variables = new ArrayList<>(); // that are cast at the start

  private MixedPrecision(Program program, DType half) {
    this.half = half;
    this.program = program;
    this.slots = new ArrayList<>(program.slots());
  }

  /**
   * Applies a precision.
   *
   * @param program a program in FLOAT32, in which nothing is fused but losses
   * @param precision the precision
   * @return the program, whose fetches are FLOAT32 still
   */
  static Program apply(Program program, Precision precision) {
    Program typed =
        precision.storage().map(half -> new MixedPrecision(program, half).typed()).orElse(program);
    return new Program(typed.slots(), typed.instructions(), typed.fetches(), precision);
  }

  private Program typed() {
    program.instructions().forEach(this::add);
    List<Integer> fetches = new ArrayList<>();
    for (int fetch : program.fetches()) {
      fetches.add(isHalf(fetch) ? other(fetch) : fetch);
    }
    if (!variables.isEmpty()) {
      List<Integer> made = variables.stream().map(others::get).toList();
      out.add(0, new Instruction("variables/" + half, new Cast(half), variables, made));
    }
    return new Program(slots, out, fetches, program.precision());
  }

  private void add(Instruction i) {
    int halves = halves(i);
    List<Integer> inputs = new ArrayList<>(i.inputs());
    for (int at = 0; at < inputs.size(); at++) {
      int id = inputs.get(at);
      boolean wanted = at < halves;
      if (slots.get(id).spec().dtype().isFloat() && isHalf(id) != wanted && needsCast(i, at)) {
        inputs.set(at, other(id));
      }
    }
    List<TensorSpec> specs = i.op().infer(inputs.stream().map(id -> slots.get(id).spec()).toList());
    for (int at = 0; at < specs.size(); at++) {
      int id = i.outputs().get(at);
      slots.set(id, new Slot(id, slots.get(id).name(), specs.get(at), Optional.empty()));
    }
    out.add(new Instruction(i.name(), i.op(), inputs, i.outputs()));
  }

  /** Whether an input's elements, or at least their type, matter. */
  private static boolean needsCast(Instruction i, int input) {
    return i.op().readsData(input) || FOLLOWERS.containsKey(i.op().getClass());
  }

  /** How many inputs from the first on an instruction takes in 16 bits. */
  private int halves(Instruction i) {
    if (PRODUCTS.contains(i.op().getClass())) {
      return i.inputs().size();
    }
    if (i.op() instanceof Binary || i.op() instanceof Concat) {
      return joinsHalves(i.inputs()) ? i.inputs().size() : 0;
    }
    Follower follower = FOLLOWERS.get(i.op().getClass());
    return follower != null && isHalf(i.inputs().get(follower.asked())) ? follower.data() : 0;
  }

  /** Constants and variables fit in with what they are joined to. */
  private boolean joinsHalves(List<Integer> inputs) {
    return inputs.stream().anyMatch(this::isHalf)
        && inputs.stream().allMatch(id -> isHalf(id) || fitsIn(slots.get(id)));
  }

  /** What is fed does not: predictions that meet it are compared with labels. */
  private static boolean fitsIn(Slot slot) {
    return slot.isConstant() || slot.isVariable();
  }

  private boolean isHalf(int id) {
    return slots.get(id).spec().dtype().isHalf();
  }

  /** The same tensor in the other type. */
  private int other(int id) {
    return others.computeIfAbsent(id, this::cast);
  }

  private int cast(int id) {
    Slot slot = slots.get(id);
    DType to = isHalf(id) ? DType.FLOAT32 : half;
    String name = slot.name() + "/" + to;
    int made = slots.size();
    slots.add(new Slot(made, name, new TensorSpec(to, slot.spec().shape()), Optional.empty()));
    if (slot.isVariable()) {
      variables.add(id);
    } else {
      out.add(new Instruction(name, new Cast(to), List.of(id), List.of(made)));
    }
    return made;
  }
}

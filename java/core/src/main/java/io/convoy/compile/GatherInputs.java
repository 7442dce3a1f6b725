// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.initializers.Initializers;
import io.convoy.ops.Assign;
import io.convoy.ops.Cast;
import io.convoy.ops.Constant;
import io.convoy.ops.GatherImages;
import io.convoy.ops.Op;
import io.convoy.ops.Variable;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a program gather its batches on the device instead of being fed with them. */
public final class GatherInputs {
  private GatherInputs() {}

  /**
   * A variable that the program is to read.
   *
   * @param name its name
   * @param spec its type and shape
   */
  public record Input(String name, TensorSpec spec) {}

  /**
   * Makes two placeholders the outputs of a {@link GatherImages}, and lets each run advance the
   * position by the batch. Where the images are only stored in another type, they are gathered in
   * that.
   *
   * @param program a compiled program
   * @param support what the device can do
   * @param features name of the placeholder for images, FLOAT32
   * @param labels name of the placeholder for labels, INT32
   * @param pixels all images
   * @param classes all labels
   * @param order which instances are to be taken one after the other, INT32 {@code [any]}
   * @param position how many of them are done, an INT32 scalar
   * @return the program, which reads the four variables
   */
  public static Program apply(
      Program program,
      Support support,
      String features,
      String labels,
      Input pixels,
      Input classes,
      Input order,
      Input position) {
    List<Slot> slots = new ArrayList<>(program.slots());
    int x = gathered(slots, features);
    int y = gathered(slots, labels);
    int batch = slots.get(y).spec().shape().dim(0);
    Optional<Instruction> cast = onlyCast(program, x);
    int images = cast.map(i -> i.outputs().get(0)).orElse(x);
    List<Integer> inputs = new ArrayList<>();
    for (Input input : List.of(pixels, classes, order, position)) {
      Op variable = new Variable(input.spec(), Initializers.zeros(), 0, false);
      inputs.add(add(slots, input.name(), input.spec(), Optional.of(variable)));
    }
    Op count = new Constant(Tensor.of(new int[] {batch}));
    int by = add(slots, "gather/batch", position.spec(), Optional.of(count));
    int done = add(slots, "gather/done", TensorSpec.TOKEN, Optional.empty());
    List<Instruction> instructions = new ArrayList<>();
    Op gather = new GatherImages(batch, slots.get(images).spec().dtype());
    instructions.add(new Instruction("gather", gather, inputs, List.of(images, y)));
    program.instructions().stream()
        .filter(i -> !i.equals(cast.orElse(null)))
        .forEach(instructions::add);
    List<Integer> advanced = List.of(inputs.get(3), by);
    instructions.add(new Instruction("gather/advance", new Assign(1, 1), advanced, List.of(done)));
    return FuseAssigns.apply(program.with(slots, instructions), support);
  }

  /** The cast that is all that reads a slot, if so. */
  private static Optional<Instruction> onlyCast(Program program, int slot) {
    return program.instructions().stream()
        .filter(i -> i.op() instanceof Cast && i.inputs().equals(List.of(slot)))
        .filter(i -> program.useCounts()[slot] == 1)
        .findFirst();
  }

  private static int add(List<Slot> slots, String name, TensorSpec spec, Optional<Op> container) {
    slots.add(new Slot(slots.size(), name, spec, container));
    return slots.size() - 1;
  }

  /** Makes a placeholder something that an instruction makes. */
  private static int gathered(List<Slot> slots, String name) {
    for (Slot slot : slots) {
      if (slot.isPlaceholder() && slot.name().equals(name)) {
        slots.set(slot.id(), new Slot(slot.id(), name, slot.spec(), Optional.empty()));
        return slot.id();
      }
    }
    throw new IllegalArgumentException("the program has no placeholder '" + name + "'");
  }
}

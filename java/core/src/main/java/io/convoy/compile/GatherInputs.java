// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.initializers.Initializers;
import io.convoy.ops.GatherImages;
import io.convoy.ops.Op;
import io.convoy.ops.Placeholder;
import io.convoy.ops.Variable;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a program gather its batches on the device instead of being fed with them. */
public final class GatherInputs {
  /** Name of the placeholder that says which instances make up the batch, INT32 {@code [batch]}. */
  public static final String ORDER = "data:order";

  private GatherInputs() {}

  /**
   * Makes two placeholders the outputs of a {@link GatherImages}.
   *
   * @param program a compiled program
   * @param features name of the placeholder for images, FLOAT32
   * @param labels name of the placeholder for labels, INT32
   * @param pixelsName name of the variable with all pixels
   * @param pixels its type and shape
   * @param classesName name of the variable with all labels
   * @param classes its type and shape
   * @return the program, which reads both variables and the placeholder {@link #ORDER}
   */
  public static Program apply(
      Program program,
      String features,
      String labels,
      String pixelsName,
      TensorSpec pixels,
      String classesName,
      TensorSpec classes) {
    List<Slot> slots = new ArrayList<>(program.slots());
    int x = gathered(slots, features);
    int y = gathered(slots, labels);
    int from = slots.size();
    slots.add(new Slot(from, pixelsName, pixels, variable(pixels)));
    slots.add(new Slot(from + 1, classesName, classes, variable(classes)));
    TensorSpec order = slots.get(y).spec();
    slots.add(new Slot(from + 2, ORDER, order, Optional.of(new Placeholder(order))));
    List<Integer> inputs = List.of(from, from + 1, from + 2);
    List<Instruction> instructions = new ArrayList<>();
    instructions.add(new Instruction("gather", new GatherImages(), inputs, List.of(x, y)));
    instructions.addAll(program.instructions());
    return program.with(slots, instructions);
  }

  private static Optional<Op> variable(TensorSpec spec) {
    return Optional.of(new Variable(spec, Initializers.zeros(), 0, false));
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

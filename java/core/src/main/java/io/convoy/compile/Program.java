// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a backend prepares: a straight line of instructions over slots of known shapes. Slots that
 * no instruction uses any more (fused away) may remain in the table.
 *
 * @param slots the tensors, indexed by id
 * @param instructions in the order in which they run
 * @param fetches ids of the slots that are read after a run, in the caller's order; tokens allowed
 * @param precision how products may be computed; {@link Precision#TF32} shows nowhere else
 */
public record Program(
    List<Slot> slots, List<Instruction> instructions, List<Integer> fetches, Precision precision) {
  /**
   * Copies the lists.
   *
   * @param slots the component
   * @param instructions the component
   * @param fetches the component
   * @param precision the component
   */
  public Program {
    slots = List.copyOf(slots);
    instructions = List.copyOf(instructions);
    fetches = List.copyOf(fetches);
  }

  /**
   * Returns a slot.
   *
   * @param id its id
   * @return the slot
   */
  public Slot slot(int id) {
    return slots.get(id);
  }

  /**
   * Returns the specs of slots.
   *
   * @param ids their ids
   * @return their specs, in order
   */
  public List<TensorSpec> specs(List<Integer> ids) {
    List<TensorSpec> specs = new ArrayList<>();
    for (int id : ids) {
      specs.add(slot(id).spec());
    }
    return specs;
  }

  /**
   * Counts the readers of each slot: instructions and fetches.
   *
   * @return number of uses, indexed by slot id
   */
  public int[] useCounts() {
    int[] uses = new int[slots.size()];
    for (Instruction instruction : instructions) {
      for (int id : instruction.inputs()) {
        uses[id]++;
      }
    }
    for (int id : fetches) {
      uses[id]++;
    }
    return uses;
  }

  /**
   * Replaces the instructions.
   *
   * @param changed the new instructions over the same slots
   * @return the new program
   */
  public Program withInstructions(List<Instruction> changed) {
    return with(slots, changed);
  }

  /**
   * Replaces slots and instructions.
   *
   * @param changedSlots the new table, in which fetches keep their ids
   * @param changed the new instructions
   * @return the changed program
   */
  public Program with(List<Slot> changedSlots, List<Instruction> changed) {
    return new Program(changedSlots, changed, fetches, precision);
  }

  /**
   * Writes the program as text, one line an instruction: name, op, output and input slots with
   * shapes.
   *
   * @return the text
   */
  public String dump() {
    StringBuilder text = new StringBuilder();
    for (Instruction i : instructions) {
      text.append(i.name()).append(": ").append(i.op().label()).append('\n');
      text.append("    ").append(describe(i.outputs())).append(" <- ");
      text.append(describe(i.inputs())).append('\n');
    }
    return text.append("fetch ").append(describe(fetches)).append('\n').toString();
  }

  private String describe(List<Integer> ids) {
    List<String> parts = new ArrayList<>();
    for (int id : ids) {
      parts.add(slot(id).name() + slot(id).spec().shape());
    }
    return String.join(", ", parts);
  }
}

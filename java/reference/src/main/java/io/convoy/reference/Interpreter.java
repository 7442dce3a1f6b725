// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.compile.Instruction;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.ops.Constant;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A program with memory in double for every slot: write the placeholders and variables, run, read
 * any slot. Not thread-safe.
 */
public final class Interpreter {
  private final Program program;
  private final List<DoubleTensor> slots = new ArrayList<>();

  /**
   * Makes memory for a program; placeholders and variables start as 0.
   *
   * @param program the program
   */
  public Interpreter(Program program) {
    this(program, slot -> new double[elements(slot)]);
  }

  /**
   * Makes memory for a program whose variables live elsewhere.
   *
   * @param program the program
   * @param variables the array with the elements of a variable, which updates write
   */
  public Interpreter(Program program, Function<Slot, double[]> variables) {
    this.program = program;
    for (Slot slot : program.slots()) {
      slots.add(new DoubleTensor(slot.spec(), memory(slot, variables)));
    }
  }

  private static double[] memory(Slot slot, Function<Slot, double[]> variables) {
    if (slot.isConstant()) {
      return values(((Constant) slot.container().get()).value());
    }
    return slot.isVariable() ? variables.apply(slot) : new double[elements(slot)];
  }

  private static int elements(Slot slot) {
    return Math.toIntExact(slot.spec().shape().elements());
  }

  /**
   * Widens a tensor.
   *
   * @param tensor of any type
   * @return its elements, row-major
   */
  public static double[] values(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.spec().shape().elements())];
    HostBuffers.load(tensor.spec().dtype(), tensor.bytes(), values);
    return values;
  }

  /**
   * Returns the memory of a slot.
   *
   * @param slot its id
   * @return its elements, row-major, the same array at every call; write it to feed a placeholder
   *     or variable
   */
  public double[] values(int slot) {
    return slots.get(slot).values();
  }

  /** Runs all instructions. */
  public void run() {
    for (Instruction instruction : program.instructions()) {
      List<DoubleTensor> outputs = tensors(instruction.outputs());
      outputs.forEach(out -> Arrays.fill(out.values(), 0));
      Evaluators.evaluate(instruction.op(), tensors(instruction.inputs()), outputs);
      outputs.forEach(DoubleTensor::round);
    }
  }

  private List<DoubleTensor> tensors(List<Integer> ids) {
    return ids.stream().map(slots::get).toList();
  }
}

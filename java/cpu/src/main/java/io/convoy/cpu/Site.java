// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Resources;
import io.convoy.compile.Instruction;
import io.convoy.tensor.TensorSpec;
import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/** One instruction while it is lowered: its operands, and where steps and buffers are added. */
final class Site {
  private final PlanBuilder plan;
  private final Instruction instruction;
  private final int position;

  Site(PlanBuilder plan, Instruction instruction, int position) {
    this.plan = plan;
    this.instruction = instruction;
    this.position = position;
  }

  /** Owner of descriptors, which live as long as the plan. */
  Resources owner() {
    return plan.owner();
  }

  dnnl_engine engine() {
    return plan.engine().handle();
  }

  /** How many threads share a loop. */
  int workers() {
    return plan.workers().count();
  }

  /** An input, row-major. */
  Operand in(int index) {
    return rowMajor(instruction.inputs().get(index));
  }

  /** All inputs, row-major. */
  List<Operand> ins() {
    return instruction.inputs().stream().map(this::rowMajor).toList();
  }

  private Operand rowMajor(int slot) {
    return plan.image(slot, Format.NHWC, instruction.name());
  }

  /** An input as it lies. */
  Operand image(int index) {
    return plan.operand(instruction.inputs().get(index));
  }

  /** An input in a format: a copy if it does not lie so. */
  Operand image(int index, Format format) {
    return plan.image(instruction.inputs().get(index), format, instruction.name());
  }

  /** An output, row-major. */
  Operand out(int index) {
    return out(index, Format.NHWC);
  }

  /** An output in a format. */
  Operand out(int index, Format format) {
    return plan.output(instruction.outputs().get(index), format);
  }

  /** An output in the format of an input, and in its memory if nobody needs the input any more. */
  Operand outLike(int index, Operand input) {
    return plan.outputLike(instruction.outputs().get(index), input, position);
  }

  TensorSpec outSpec(int index) {
    return plan.program().slot(instruction.outputs().get(index)).spec();
  }

  /** Whether the program makes gradients of filters. */
  boolean learnsFilters() {
    return plan.learnsFilters();
  }

  /** Whether anybody reads an output. */
  boolean wanted(int output) {
    return plan.isRead(instruction.outputs().get(output));
  }

  /**
   * Makes an output the same memory as an input, if that can't be told from a copy.
   *
   * @return whether it was done
   */
  boolean alias(int output, int input) {
    return plan.alias(instruction.outputs().get(output), in(input));
  }

  /** Memory for this instruction alone. */
  Operand temporary(TensorSpec spec) {
    return temporary(spec, Format.NHWC);
  }

  /** Memory for this instruction alone. */
  Operand temporary(TensorSpec spec, Format format) {
    return new Operand(-1, spec, plan.buffer(spec.bytes()), format);
  }

  /** Memory in a layout of oneDNN's, for this instruction alone. */
  Buffer temporary(MemoryDesc layout) {
    return plan.buffer(layout.bytes());
  }

  /** Memory with an element repeated, there before the first run. */
  Operand filled(float value, int count) {
    return plan.filled(value, count);
  }

  /**
   * Finds memory that instructions share, such as the workspace of a forward and a backward pass.
   *
   * @param key tells what is shared
   * @return the buffer that was kept, or null
   */
  Buffer shared(Object key) {
    return plan.shared(key);
  }

  /** Keeps memory for later instructions. */
  void share(Object key, Buffer buffer) {
    plan.share(key, buffer);
  }

  /** Whether a later instruction has such an op and such first inputs. */
  boolean follows(Object op, int... slots) {
    return plan.follows(position, op, slots);
  }

  int inputSlot(int index) {
    return instruction.inputs().get(index);
  }

  int outputSlot(int index) {
    return instruction.outputs().get(index);
  }

  /** Adds a primitive; its working memory comes with it. */
  void primitive(PrimitiveDesc desc, Argument... arguments) {
    plan.add(plan.primitive(instruction.name(), desc, arguments));
  }

  /** Adds a loop whose items are independent of each other. */
  void loop(int items, LoopStep.Kernel kernel, Operand... operands) {
    plan.add(loop(items, kernel, List.of(operands)));
  }

  /** A loop that is not added yet. */
  LoopStep loop(int items, LoopStep.Kernel kernel, List<Operand> operands) {
    return new LoopStep(instruction.name(), plan.workers(), items, kernel, operands);
  }

  /**
   * Brings a parameter into the layout that a primitive wants, see {@link #prepare}.
   *
   * @param operand the tensor, which lies {@code from}
   * @return where it lies in that layout: its own memory if that fits
   */
  Buffer inLayout(Operand operand, MemoryDesc from, MemoryDesc to) {
    if (from.sameAs(to)) {
      return operand.buffer();
    }
    Buffer moved = temporary(to);
    prepare(plan.reorder(instruction.name(), operand.buffer(), from, moved, to), List.of(operand));
    return moved;
  }

  /**
   * Adds a step that prepares parameters. If they are variables that this program does not change,
   * it is done when one of them has changed, not at every run.
   */
  void prepare(Step step, List<Operand> parameters) {
    if (parameters.stream().allMatch(this::isStable)) {
      plan.addOnChange(step, parameters);
    } else {
      plan.add(step);
    }
  }

  /** Whether a tensor is a variable or constant that this program does not change. */
  boolean isStable(Operand operand) {
    return plan.isStable(operand.slot());
  }

  /** Copies between layouts. */
  void copy(Buffer source, MemoryDesc from, Buffer target, MemoryDesc to) {
    plan.add(plan.reorder(instruction.name(), source, from, target, to));
  }

  /**
   * Copies parameters between layouts, times factors.
   *
   * @param scale one factor for each position along the axes of {@code mask}
   * @param mask bit i for axis i
   * @param parameters what the factors and the tensor are made of
   */
  Buffer scaled(
      Operand operand,
      MemoryDesc from,
      Argument scale,
      int mask,
      MemoryDesc to,
      List<Operand> parameters) {
    Buffer moved = temporary(to);
    dnnl_primitive_attr attributes = Attributes.scaled(owner(), mask);
    String name = instruction.name();
    prepare(plan.reorder(name, operand.buffer(), from, moved, to, attributes, scale), parameters);
    return moved;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import io.convoy.backend.Resources;
import io.convoy.compile.Instruction;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;

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

  Operand in(int index) {
    return plan.operand(instruction.inputs().get(index));
  }

  List<Operand> ins() {
    return instruction.inputs().stream().map(plan::operand).toList();
  }

  Operand out(int index) {
    return plan.operand(instruction.outputs().get(index));
  }

  TensorSpec outSpec(int index) {
    return plan.program().slot(instruction.outputs().get(index)).spec();
  }

  /** Whether anybody reads an output. */
  boolean wanted(int output) {
    return plan.isRead(instruction.outputs().get(output));
  }

  /**
   * Lets an output lie where an input lies, if nobody needs the input any more; to be called before
   * {@link #out}.
   */
  void reuse(int output, int input) {
    plan.reuse(instruction.outputs().get(output), instruction.inputs().get(input), position);
  }

  /**
   * Makes an output the same memory as an input, if that can't be told from a copy.
   *
   * @return whether it was done
   */
  boolean alias(int output, int input) {
    return plan.alias(instruction.outputs().get(output), instruction.inputs().get(input));
  }

  /** Memory for this instruction alone. */
  Operand temporary(TensorSpec spec) {
    return new Operand(-1, spec, plan.buffer(spec.bytes()));
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
    plan.add(step(desc, arguments));
  }

  private PrimitiveStep step(PrimitiveDesc desc, Argument... arguments) {
    List<Argument> all = new ArrayList<>(List.of(arguments));
    MemoryDesc scratchpad = desc.layout(dnnl_query_scratchpad_md);
    if (scratchpad.bytes() > 0) {
      all.add(new Argument(DNNL_ARG_SCRATCHPAD, scratchpad, temporary(scratchpad)));
    }
    return new PrimitiveStep(instruction.name(), plan.engine(), desc, all);
  }

  /** Adds a loop whose items are independent of each other. */
  void loop(int items, LoopStep.Kernel kernel, Operand... operands) {
    plan.add(new LoopStep(instruction.name(), plan.workers(), items, kernel, List.of(operands)));
  }

  /**
   * Brings a tensor into the layout that a primitive wants. If it is a variable that this program
   * does not change, that is done when the variable has changed, not at every run.
   *
   * @param operand the tensor, which lies {@code from}
   * @return where it lies in that layout: its own memory if that fits
   */
  Buffer inLayout(Operand operand, MemoryDesc from, MemoryDesc to) {
    if (from.sameAs(to)) {
      return operand.buffer();
    }
    Buffer moved = temporary(to);
    PrimitiveStep step = step(reorder(from, to), from(operand.buffer(), from), to(moved, to));
    if (plan.isStable(operand.slot())) {
      plan.addOnChange(step, operand.slot());
    } else {
      plan.add(step);
    }
    return moved;
  }

  /** Whether a tensor is a variable or constant that this program does not change. */
  boolean isStable(Operand operand) {
    return plan.isStable(operand.slot());
  }

  /** Copies between layouts. */
  void copy(Buffer source, MemoryDesc from, Buffer target, MemoryDesc to) {
    primitive(reorder(from, to), from(source, from), to(target, to));
  }

  private PrimitiveDesc reorder(MemoryDesc from, MemoryDesc to) {
    return PrimitiveDesc.create(
        owner(),
        "dnnl_reorder_primitive_desc_create",
        p ->
            dnnl_reorder_primitive_desc_create(
                p, from.handle(), engine(), to.handle(), engine(), Attributes.plain(owner())));
  }

  private static Argument from(Buffer buffer, MemoryDesc layout) {
    return new Argument(DNNL_ARG_FROM, layout, buffer);
  }

  private static Argument to(Buffer buffer, MemoryDesc layout) {
    return new Argument(DNNL_ARG_TO, layout, buffer);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.BackendException;
import io.convoy.compile.Instruction;
import io.convoy.compile.LeastWork;
import io.convoy.compile.Lifetimes;
import io.convoy.compile.MemoryPlanner;
import io.convoy.compile.Precision;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.CopyStep;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.Step;
import io.convoy.ops.Constant;
import io.convoy.tensor.DType;
import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lowers a program to steps, then lays their buffers out in one arena. A pure function of the
 * program and the number of multiprocessors, but for variables' memory. Between all steps tensors
 * lie dense, row-major and of their slot's type, but for filters and what is made of them element
 * by element ({@link Order}), and for gradients of filters where cuDNN makes these of 16 bits.
 * Where the program casts variables at its start, the plan reads {@link HalfCopy copies} instead.
 */
final class PlanBuilder {
  private final Program program;
  private final CudaVariables variables;
  private final int multiprocessors;
  private final Lifetimes lifetimes;
  private final Map<Integer, Operand> operands = new HashMap<>(); // by slot id
  private final Map<Integer, Operand> derived = new HashMap<>(); // by slot id
  private final Map<Buffer, Integer> lastReads = new HashMap<>(); // instruction, by buffer
  private final Set<Buffer> permanent = new HashSet<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Plan.Fill> fills = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> refreshes = new ArrayList<>();
  private final List<HalfCopy> read = new ArrayList<>();
  private final List<CudaVariable> changed = new ArrayList<>();
  private final List<HalfCopy> written = new ArrayList<>();

  /**
   * Makes a builder.
   *
   * @param variables have all that the program names
   * @param multiprocessors of the GPU
   */
  PlanBuilder(Program program, CudaVariables variables, int multiprocessors) {
    this.program = program;
    this.variables = variables;
    this.multiprocessors = multiprocessors;
    this.lifetimes = Lifetimes.of(program);
  }

  Plan build() {
    Map<Integer, Buffer> inputs = new LinkedHashMap<>();
    program.slots().stream()
        .filter(Slot::isPlaceholder)
        .forEach(s -> inputs.put(s.id(), operand(s.id()).buffer()));
    for (int at = 0; at < program.instructions().size(); at++) {
      lower(program.instructions().get(at), at);
    }
    List<Buffer> outputs = new ArrayList<>();
    program.fetches().forEach(slot -> outputs.add(output(slot)));
    List<Buffer> arena = arena();
    List<MemoryPlanner.Request> requests = arena.stream().map(Buffer::request).toList();
    long bytes = MemoryPlanner.plan(requests, Gpu.ALIGNMENT).bytes();
    VariableUse use = new VariableUse(read, changed, written);
    LeastWork least = LeastWork.of(program);
    return new Plan(steps, refreshes, use, fills, inputs, outputs, arena, bytes, least);
  }

  private void lower(Instruction instruction, int at) {
    for (int i = 0; i < instruction.inputs().size(); i++) {
      if (instruction.op().mutates(i)) {
        changed.add(variable(instruction.inputs().get(i)));
      }
    }
    try {
      Lowerings.of(instruction.op()).lower(new Site(this, instruction, at));
    } catch (BackendException | ArithmeticException | IllegalArgumentException e) {
      throw new BackendException(
          "'"
              + instruction.name()
              + "' ("
              + instruction.op().label()
              + ") of "
              + program.specs(instruction.inputs())
              + " on the GPU: "
              + e.getMessage(),
          e);
    }
  }

  /** What a fetch is read from: a copy if it is not made by an instruction. */
  private Buffer output(int slot) {
    Slot s = program.slot(slot);
    if (s.spec().equals(TensorSpec.TOKEN)) {
      return null;
    }
    String name = "fetch " + s.name();
    Operand source = operand(slot, Order.ROW_MAJOR, name);
    if (s.isTemporary() || source != operand(slot)) {
      return keep(source.buffer());
    }
    Buffer copy = keep(buffer(source.buffer().bytes()));
    add(new CopyStep(name, source.buffer(), copy));
    return copy;
  }

  /** The arena's buffers that are used, with their lifetimes in steps. */
  private List<Buffer> arena() {
    for (int at = 0; at < steps.size(); at++) {
      for (Buffer buffer : steps.get(at).buffers()) {
        buffer.usedAt(at);
      }
    }
    for (Buffer buffer : permanent) {
      buffer.usedAt(0);
      buffer.usedAt(steps.size());
    }
    return buffers.stream().filter(Buffer::isUsed).toList();
  }

  /** Gives a buffer memory that nothing else uses. */
  private Buffer keep(Buffer buffer) {
    if (buffer.isPlanned()) {
      permanent.add(buffer);
    }
    return buffer;
  }

  /** The tensor of a slot, of its type and in an order: a copy, if it lies otherwise. */
  Operand operand(int slot, Order order, String name) {
    Operand source = operand(slot);
    if (isOfItsType(slot) && source.liesIn(order)) {
      return source;
    }
    Operand copy = new Operand(spec(slot), buffer(spec(slot).bytes()), order);
    add(Conversion.step(name, source, copy));
    return copy;
  }

  private boolean isOfItsType(int slot) {
    return operand(slot).spec().equals(spec(slot));
  }

  /** See {@link Site#once}. */
  Operand once(int slot, Supplier<Operand> maker) {
    return derived.computeIfAbsent(slot, s -> maker.get());
  }

  /** The tensor that an instruction makes, in an order. */
  Operand made(int slot, Order order) {
    return remember(slot, new Operand(spec(slot), operand(slot).buffer(), order));
  }

  /** The tensor that an instruction makes, in an order and of a type that may not be the slot's. */
  Operand made(int slot, DType type, Order order) {
    TensorSpec spec = new TensorSpec(type, spec(slot).shape());
    return remember(slot, new Operand(spec, buffer(spec.bytes()), order));
  }

  /** The tensor of a slot as it lies, with memory. */
  Operand operand(int slot) {
    Operand known = operands.get(slot);
    if (known != null) {
      return known;
    }
    Slot s = program.slot(slot);
    if (s.isVariable()) {
      return remember(slot, variable(slot).operand());
    }
    Buffer buffer = buffer(s.spec().bytes());
    if (s.isPlaceholder()) {
      keep(buffer);
    } else if (s.isConstant()) {
      ByteBuffer value = ((Constant) s.container().get()).value().bytes();
      fill(buffer, () -> value);
    }
    return remember(slot, rowMajor(slot, buffer));
  }

  private CudaVariable variable(int slot) {
    return variables.find(program.slot(slot).name(), spec(slot));
  }

  boolean isVariable(int slot) {
    return program.slot(slot).isVariable();
  }

  /** See {@link Site#copy}. */
  Operand copy(int output, int variable) {
    String name = program.slot(variable).name();
    HalfCopy copy = variables.copy(name, spec(variable), spec(output).dtype());
    read.add(copy);
    return remember(output, copy.operand());
  }

  /** See {@link Site#copyBeside}. */
  Optional<Operand> copyBeside(int variable) {
    Optional<HalfCopy> copy =
        program.precision().storage().flatMap(type -> variable(variable).copy(type));
    copy.ifPresent(written::add);
    return copy.map(HalfCopy::operand);
  }

  private Operand rowMajor(int slot, Buffer buffer) {
    return new Operand(spec(slot), buffer, Order.ROW_MAJOR);
  }

  private Operand remember(int slot, Operand operand) {
    operands.put(slot, operand);
    lastReads.merge(operand.buffer(), lifetimes.last()[slot], Math::max);
    return operand;
  }

  /** See {@link Site#reuse}. */
  void reuse(int output, int input, int position) {
    Operand source = operand(input);
    boolean free =
        source.buffer().isPlanned()
            && !permanent.contains(source.buffer())
            && !program.fetches().contains(output)
            && lastReads.get(source.buffer()) <= position
            && source.spec().bytes() == program.slot(output).spec().bytes();
    if (free) {
      remember(output, rowMajor(output, source.buffer()));
    }
  }

  /** See {@link Site#alias}. */
  boolean alias(int output, int input) {
    Operand source = operand(input);
    boolean same =
        source.buffer().isPlanned() && source.liesIn(Order.ROW_MAJOR) && isOfItsType(input);
    if (same) {
      remember(output, rowMajor(output, source.buffer()));
    }
    return same;
  }

  Buffer buffer(long bytes) {
    Buffer made = Buffer.planned(bytes);
    buffers.add(made);
    return made;
  }

  /** Memory whose contents are there before the first run. */
  Buffer filled(long bytes, Supplier<ByteBuffer> contents) {
    Buffer made = buffer(bytes);
    fill(made, contents);
    return made;
  }

  private void fill(Buffer buffer, Supplier<ByteBuffer> contents) {
    keep(buffer);
    fills.add(new Plan.Fill(buffer, contents));
  }

  void add(Step step) {
    steps.add(step);
  }

  /** See {@link Site#follow}; returns whether there is such a convolution. */
  boolean follow(Buffer tensor, Epilogue epilogue) {
    int at = steps.size() - 1;
    while (at >= 0 && !steps.get(at).buffers().contains(tensor)) {
      at--;
    }
    if (at < 0 || !(steps.get(at) instanceof ConvolutionStep step) || !step.ends(tensor)) {
      return false;
    }
    steps.set(at, step.followedBy(epilogue));
    return true;
  }

  /** See {@link Site#refresh}. */
  void refresh(Step step) {
    refreshes.add(step);
  }

  TensorSpec spec(int slot) {
    return program.slot(slot).spec();
  }

  /** Whether products of FLOAT32 tensors may be less exact. */
  boolean tf32() {
    return program.precision() == Precision.TF32;
  }

  int multiprocessors() {
    return multiprocessors;
  }

  static boolean isInt(TensorSpec spec) {
    return spec.dtype() == DType.INT32;
  }
}

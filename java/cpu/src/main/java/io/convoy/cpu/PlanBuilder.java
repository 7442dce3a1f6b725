// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.compile.Instruction;
import io.convoy.compile.Lifetimes;
import io.convoy.compile.MemoryPlanner;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.ops.Constant;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lowers a program to steps, then places their buffers in one arena. Activations lie row-major,
 * channels innermost, between all steps: oneDNN's fastest implementations take them so, and where a
 * filter must be brought into another layout it is small.
 */
final class PlanBuilder {
  private final Program program;
  private final CpuVariables variables;
  private final Engine engine;
  private final Workers workers;
  private final Lifetimes lifetimes;
  private final int[] uses;
  private final Set<Integer> mutated = new HashSet<>();
  private final Resources owner;
  private final Map<Integer, Operand> operands = new HashMap<>(); // by slot id
  private final Map<Buffer, Integer> lastReads = new HashMap<>(); // instruction, by buffer
  private final Map<Object, Buffer> shared = new HashMap<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Buffer> permanent = new ArrayList<>();
  private final List<Plan.Fill> fills = new ArrayList<>();
  private final List<Plan.OnChange> onChange = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private long hostBytes;

  /**
   * Makes a builder.
   *
   * @param owner gets everything native that the plan needs
   */
  PlanBuilder(
      Program program, CpuVariables variables, Engine engine, Workers workers, Resources owner) {
    this.owner = owner;
    this.program = program;
    this.variables = variables;
    this.engine = engine;
    this.workers = workers;
    this.lifetimes = Lifetimes.of(program);
    this.uses = program.useCounts();
    for (Instruction i : program.instructions()) {
      for (int input = 0; input < i.inputs().size(); input++) {
        if (i.op().mutates(input)) {
          mutated.add(i.inputs().get(input));
        }
      }
    }
  }

  /** Builds the plan. */
  Plan build() {
    program.slots().stream().filter(Slot::isPlaceholder).forEach(s -> operand(s.id()));
    for (int at = 0; at < program.instructions().size(); at++) {
      lower(program.instructions().get(at), at);
    }
    List<Operand> outputs = program.fetches().stream().map(this::output).toList();
    long bytes = Math.addExact(place(), hostBytes);
    List<Step> all = new ArrayList<>(steps);
    onChange.forEach(c -> all.add(c.step()));
    all.forEach(step -> step.bind(owner));
    return new Plan(steps, onChange, fills, inputs(), outputs, variables(mutated), bytes);
  }

  private void lower(Instruction instruction, int at) {
    try {
      Lowerings.of(instruction.op()).lower(new Site(this, instruction, at));
    } catch (BackendException e) {
      throw new BackendException(
          "'"
              + instruction.name()
              + "' ("
              + instruction.op().label()
              + ") of "
              + program.specs(instruction.inputs())
              + " on the CPU: "
              + e.getMessage(),
          e);
    }
  }

  /** Where a fetch is read: a copy if it is not made by an instruction. */
  private Operand output(int slot) {
    Operand operand = operand(slot);
    if (program.slot(slot).isTemporary()) {
      return operand;
    }
    Operand copy = new Operand(-1, operand.spec(), host(operand.spec().bytes()));
    int bytes = Math.toIntExact(operand.spec().bytes());
    add(
        new LoopStep(
            "fetch " + program.slot(slot).name(),
            workers,
            1,
            (memory, item, worker) -> memory[1].bytes().put(0, memory[0].bytes(), 0, bytes),
            List.of(operand, copy)));
    return copy;
  }

  private long place() {
    int end = steps.size();
    for (int at = 0; at < end; at++) {
      for (Buffer buffer : steps.get(at).buffers()) {
        buffer.usedAt(at);
      }
    }
    for (Buffer buffer : permanent) {
      buffer.usedAt(0);
      buffer.usedAt(end);
    }
    List<Buffer> used = buffers.stream().filter(Buffer::isUsed).toList();
    MemoryPlanner.Layout layout =
        MemoryPlanner.plan(used.stream().map(Buffer::request).toList(), Arena.ALIGNMENT);
    long start = Arena.allocate(owner, layout.bytes(), "the plan");
    for (int i = 0; i < used.size(); i++) {
      used.get(i).place(start + layout.offsets()[i]);
    }
    return layout.bytes();
  }

  private Map<Integer, Operand> inputs() {
    Map<Integer, Operand> inputs = new HashMap<>();
    program.slots().stream()
        .filter(Slot::isPlaceholder)
        .forEach(s -> inputs.put(s.id(), operand(s.id())));
    return inputs;
  }

  private List<CpuVariable> variables(Set<Integer> slots) {
    return slots.stream().sorted().map(this::variable).toList();
  }

  private CpuVariable variable(int slot) {
    return variables.find(program.slot(slot).name(), program.slot(slot).spec());
  }

  /** The tensor of a slot, with memory. */
  Operand operand(int slot) {
    Operand known = operands.get(slot);
    if (known != null) {
      return known;
    }
    Slot s = program.slot(slot);
    if (s.isVariable()) {
      return remember(slot, variable(slot).buffer());
    }
    if (s.isPlaceholder() || program.fetches().contains(slot) && s.isTemporary()) {
      return remember(slot, host(s.spec().bytes()));
    }
    Buffer buffer = buffer(s.spec().bytes());
    if (s.isConstant()) {
      permanent.add(buffer);
      fills.add(new Plan.Fill(buffer, ((Constant) s.container().get()).value().bytes()));
    }
    return remember(slot, buffer);
  }

  private Operand remember(int slot, Buffer buffer) {
    Operand operand = new Operand(slot, program.slot(slot).spec(), buffer);
    operands.put(slot, operand);
    lastReads.merge(buffer, lifetimes.last()[slot], Math::max);
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
      remember(output, source.buffer());
    }
  }

  /** See {@link Site#alias}. */
  boolean alias(int output, int input) {
    Buffer source = operand(input).buffer();
    boolean isVariable = !source.isPlanned() && source.host() == null;
    boolean safe = !isVariable && !program.fetches().contains(output);
    if (safe) {
      remember(output, source);
    }
    return safe;
  }

  Buffer buffer(long bytes) {
    Buffer made = Buffer.planned(bytes);
    buffers.add(made);
    return made;
  }

  private Buffer host(long bytes) {
    hostBytes += bytes;
    return Buffer.host(bytes);
  }

  /** See {@link Site#filled}. */
  Operand filled(float value, int count) {
    TensorSpec spec = TensorSpec.f32(count);
    Buffer made = buffer(spec.bytes());
    permanent.add(made);
    fills.add(Plan.Fill.repeat(made, value));
    return new Operand(-1, spec, made);
  }

  boolean isRead(int slot) {
    return uses[slot] > 0;
  }

  boolean isStable(int slot) {
    return slot >= 0
        && (program.slot(slot).isConstant()
            || program.slot(slot).isVariable() && !mutated.contains(slot));
  }

  /** Whether an instruction behind {@code position} has the op and reads the slots first. */
  boolean follows(int position, Object op, int... slots) {
    for (Instruction i :
        program.instructions().subList(position + 1, program.instructions().size())) {
      boolean same = i.inputs().size() >= slots.length;
      for (int at = 0; same && at < slots.length; at++) {
        same = i.inputs().get(at) == slots[at];
      }
      if (same && i.op().equals(op)) {
        return true;
      }
    }
    return false;
  }

  Buffer shared(Object key) {
    return shared.get(key);
  }

  void share(Object key, Buffer buffer) {
    shared.put(key, buffer);
  }

  void add(Step step) {
    steps.add(step);
  }

  /** Adds a step that runs only when a variable has changed since it last ran. */
  void addOnChange(Step step, int slot) {
    step.buffers().stream().filter(Buffer::isPlanned).forEach(permanent::add);
    CpuVariable variable = program.slot(slot).isVariable() ? variable(slot) : null;
    onChange.add(new Plan.OnChange(step, variable));
  }

  Program program() {
    return program;
  }

  Engine engine() {
    return engine;
  }

  Workers workers() {
    return workers;
  }

  Resources owner() {
    return owner;
  }
}

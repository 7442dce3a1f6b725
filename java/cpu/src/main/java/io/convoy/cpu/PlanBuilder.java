// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.compile.Instruction;
import io.convoy.compile.Lifetimes;
import io.convoy.compile.MemoryPlanner;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.ops.Constant;
import io.convoy.ops.Conv2DBackpropFilter;
import io.convoy.ops.FusedBiasGrad;
import io.convoy.ops.Op;
import io.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/**
 * Lowers a program to steps, then places their buffers in one arena. Images lie in the format in
 * which the step that made them left them; a step that wants another one gets a copy, which later
 * steps share. All else lies row-major.
 */
final class PlanBuilder {
  private final Program program;
  private final CpuVariables variables;
  private final Engine engine;
  private final Workers workers;
  private final Lifetimes lifetimes;
  private final int[] uses;
  private final Set<Integer> mutated = new HashSet<>();
  private final boolean learnsFilters;
  private final Resources owner;
  private final Map<Integer, Operand> operands = new HashMap<>(); // by slot id
  private final Map<Integer, Map<Format, Operand>> copies = new HashMap<>(); // by slot id
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
    this.learnsFilters = program.instructions().stream().anyMatch(PlanBuilder::isFilterGradient);
    for (Instruction i : program.instructions()) {
      for (int input = 0; input < i.inputs().size(); input++) {
        if (i.op().mutates(input)) {
          mutated.add(i.inputs().get(input));
        }
      }
    }
  }

  private static boolean isFilterGradient(Instruction i) {
    Op op = i.op() instanceof FusedBiasGrad ? ((FusedBiasGrad) i.op()).root() : i.op();
    return op instanceof Conv2DBackpropFilter;
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

  /** Where a fetch is read: a copy if it is not made by an instruction, row-major. */
  private Operand output(int slot) {
    Operand operand = operand(slot);
    boolean rowMajor = operand.format() == Format.NHWC;
    if (program.slot(slot).isTemporary() && rowMajor) {
      return operand;
    }
    Operand copy = new Operand(-1, operand.spec(), host(operand.spec().bytes()));
    if (!rowMajor) {
      reorder("fetch " + program.slot(slot).name(), operand, copy);
      return copy;
    }
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

  /** The tensor of a slot, with memory, as it lies. */
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
    return remember(slot, buffer, Format.NHWC);
  }

  private Operand remember(int slot, Buffer buffer, Format format) {
    Operand operand = new Operand(slot, program.slot(slot).spec(), buffer, format);
    operands.put(slot, operand);
    lastReads.merge(buffer, lifetimes.last()[slot], Math::max);
    return operand;
  }

  /** See {@link Site#image(int, Format)}. */
  Operand image(int slot, Format format, String name) {
    Operand made = operand(slot);
    if (made.format() == format) {
      return made;
    }
    if (made.format().isSame(format, made.shape())) {
      return new Operand(slot, made.spec(), made.buffer(), format);
    }
    return copies
        .computeIfAbsent(slot, s -> new EnumMap<>(Format.class))
        .computeIfAbsent(format, f -> copy(made, f, name));
  }

  private Operand copy(Operand made, Format format, String name) {
    Operand copy = new Operand(made.slot(), made.spec(), buffer(made.spec().bytes()), format);
    lastReads.put(copy.buffer(), lifetimes.last()[made.slot()]);
    reorder(name, made, copy);
    return copy;
  }

  private void reorder(String name, Operand image, Operand copy) {
    add(reorder(name, image.buffer(), image.image(owner), copy.buffer(), copy.image(owner)));
  }

  /** A copy from one layout to another. */
  PrimitiveStep reorder(String name, Buffer source, MemoryDesc from, Buffer target, MemoryDesc to) {
    return reorder(name, source, from, target, to, Attributes.plain(owner));
  }

  /** A copy from one layout to another with attributes, which may take more arguments. */
  PrimitiveStep reorder(
      String name,
      Buffer source,
      MemoryDesc from,
      Buffer target,
      MemoryDesc to,
      dnnl_primitive_attr attributes,
      Argument... more) {
    PrimitiveDesc desc =
        PrimitiveDesc.create(
            owner,
            "dnnl_reorder_primitive_desc_create",
            p ->
                dnnl_reorder_primitive_desc_create(
                    p, from.handle(), engine.handle(), to.handle(), engine.handle(), attributes));
    List<Argument> arguments = new ArrayList<>(List.of(more));
    arguments.add(new Argument(DNNL_ARG_FROM, from, source));
    arguments.add(new Argument(DNNL_ARG_TO, to, target));
    return primitive(name, desc, arguments.toArray(Argument[]::new));
  }

  /** A primitive; its working memory comes with it. */
  PrimitiveStep primitive(String name, PrimitiveDesc desc, Argument... arguments) {
    List<Argument> all = new ArrayList<>(List.of(arguments));
    MemoryDesc scratchpad = desc.layout(dnnl_query_scratchpad_md);
    if (scratchpad.bytes() > 0) {
      all.add(new Argument(DNNL_ARG_SCRATCHPAD, scratchpad, buffer(scratchpad.bytes())));
    }
    return new PrimitiveStep(name, engine, desc, all);
  }

  /** See {@link Site#out(int, Format)}. */
  Operand output(int slot, Format format) {
    if (format == Format.NHWC) {
      return operand(slot);
    }
    return remember(slot, buffer(program.slot(slot).spec().bytes()), format);
  }

  /** See {@link Site#outLike}. */
  Operand outputLike(int output, Operand source, int position) {
    boolean free =
        source.buffer().isPlanned()
            && !permanent.contains(source.buffer())
            && !program.fetches().contains(output)
            && lastReads.get(source.buffer()) <= position
            && source.spec().bytes() == program.slot(output).spec().bytes();
    return free
        ? remember(output, source.buffer(), source.format())
        : output(output, source.format());
  }

  /** See {@link Site#alias}. */
  boolean alias(int output, Operand input) {
    Buffer source = input.buffer();
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

  boolean learnsFilters() {
    return learnsFilters;
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

  /** Adds a step that runs only when a parameter has changed since it last ran. */
  void addOnChange(Step step, List<Operand> parameters) {
    step.buffers().stream().filter(Buffer::isPlanned).forEach(permanent::add);
    List<CpuVariable> changing =
        parameters.stream()
            .map(Operand::slot)
            .filter(slot -> program.slot(slot).isVariable())
            .map(this::variable)
            .toList();
    onChange.add(new Plan.OnChange(step, changing));
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

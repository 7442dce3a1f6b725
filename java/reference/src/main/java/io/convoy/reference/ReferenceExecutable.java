// SPDX-License-Identifier: Apache-2.0
package io.convoy.reference;

import io.convoy.backend.Executable;
import io.convoy.backend.StepTime;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An interpreter behind host buffers. Every slot has memory of its own, and unlike other backends
 * it allocates while it runs: it is there to be read.
 */
final class ReferenceExecutable implements Executable {
  private final Program program;
  private final ReferenceVariables variables;
  private final Interpreter interpreter;
  private final Map<Integer, ByteBuffer> inputs = new LinkedHashMap<>(); // by slot id
  private final List<ByteBuffer> outputs = new ArrayList<>();
  private boolean closed;

  ReferenceExecutable(Program program, ReferenceVariables variables) {
    this.program = program;
    this.variables = variables;
    this.interpreter = new Interpreter(program, s -> variables.values(s.name(), s.spec()));
    for (Slot slot : program.slots()) {
      if (slot.isPlaceholder()) {
        inputs.put(slot.id(), HostBuffers.allocate(slot.spec()));
      }
    }
    for (int id : program.fetches()) {
      outputs.add(HostBuffers.allocate(program.slot(id).spec()));
    }
  }

  @Override
  public ByteBuffer input(int slot) {
    requireOpen();
    ByteBuffer buffer = inputs.get(slot);
    if (buffer == null) {
      throw new IllegalArgumentException("slot " + slot + " is not a placeholder of the program");
    }
    return buffer;
  }

  @Override
  public void run() {
    requireOpen();
    variables.requireOpen();
    inputs.forEach(
        (id, buffer) ->
            HostBuffers.load(program.slot(id).spec().dtype(), buffer, interpreter.values(id)));
    interpreter.run();
    for (int i = 0; i < outputs.size(); i++) {
      Slot slot = program.slot(program.fetches().get(i));
      HostBuffers.store(slot.spec().dtype(), interpreter.values(slot.id()), outputs.get(i));
    }
  }

  @Override
  public ByteBuffer output(int fetch) {
    requireOpen();
    return outputs.get(fetch);
  }

  @Override
  public long plannedBytes() {
    requireOpen();
    return program.slots().stream()
        .filter(slot -> !slot.isVariable())
        .mapToLong(slot -> slot.spec().shape().elements() * Double.BYTES)
        .sum();
  }

  @Override
  public String dump() {
    requireOpen();
    return "reference: in double, in this order, every slot in memory of its own\n"
        + program.dump();
  }

  /** An interpreter is one step. */
  @Override
  public List<StepTime> profile() {
    long begin = System.nanoTime();
    run();
    return List.of(new StepTime("all instructions", System.nanoTime() - begin));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the executable is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.session;

import io.convoy.backend.Executable;
import io.convoy.backend.PlanCost;
import io.convoy.backend.StepTime;
import io.convoy.compile.Program;
import io.convoy.graph.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is prepared once and done many times: fill the inputs, run, read the outputs. It
 * belongs to its session, which closes it. Running it allocates nothing.
 */
public final class Step {
  private final Program program;
  private final Executable executable;
  private final Map<Value, Integer> inputs;

  Step(Program program, Executable executable, Map<Value, Integer> inputs) {
    this.program = program;
    this.executable = executable;
    this.inputs = inputs;
  }

  /**
   * Returns where a placeholder is fed.
   *
   * @param placeholder a placeholder the fetches depend on
   * @return host memory for its elements, see {@link Executable#input}
   * @throws IllegalArgumentException if the step does not use it
   */
  public ByteBuffer input(Value placeholder) {
    Integer slot = inputs.get(placeholder);
    if (slot == null) {
      throw new IllegalArgumentException("the step does not use " + placeholder);
    }
    return executable.input(slot);
  }

  /**
   * Tells whether the step reads a placeholder.
   *
   * @param placeholder any placeholder of the graph
   * @return true if it must be fed
   */
  public boolean uses(Value placeholder) {
    return inputs.containsKey(placeholder);
  }

  /** Runs once with what the inputs hold. */
  public void run() {
    executable.run();
  }

  /**
   * Returns what a fetch holds after the last run.
   *
   * @param fetch index of the fetch
   * @return host memory with its elements, see {@link Executable#output}
   */
  public ByteBuffer output(int fetch) {
    return executable.output(fetch);
  }

  /**
   * Returns the compiled program.
   *
   * @return the program
   */
  public Program program() {
    return program;
  }

  /**
   * Returns what the plan needs besides variables.
   *
   * @return size of the arena in bytes
   */
  public long plannedBytes() {
    return executable.plannedBytes();
  }

  /**
   * Runs once, step by step, and tells where the time goes.
   *
   * @return what each step of the device's plan took, see {@link Executable#profile}
   */
  public List<StepTime> profile() {
    return executable.profile();
  }

  /**
   * Tells what the steps of the device's plan move and compute.
   *
   * @return with one cost a step, see {@link Executable#cost}
   */
  public Optional<PlanCost> cost() {
    return executable.cost();
  }

  /**
   * Writes the device's plan as text.
   *
   * @return the text
   */
  public String dump() {
    return executable.dump();
  }

  void close() {
    executable.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.Executable;
import io.convoy.backend.Resources;
import io.convoy.backend.StepTime;
import io.convoy.compile.ActivationBeforePoolGrad;
import io.convoy.compile.FuseInference;
import io.convoy.compile.Program;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A plan with everything that it owns. */
final class CpuExecutable implements Executable {
  private final CpuVariables variables;
  private final Runnable onClose;
  private final Resources resources = new Resources();
  private final Map<Integer, ByteBuffer> inputs = new HashMap<>(); // by slot id
  private final Step[] steps;
  private final Plan.OnChange[] onChange;
  private final CpuVariable[] mutated;
  private final ByteBuffer[] outputs;
  private final Plan plan;
  private boolean closed;

  CpuExecutable(
      Program program, CpuVariables variables, Engine engine, Workers workers, Runnable onClose) {
    this.variables = variables;
    this.onClose = onClose;
    try {
      Program rewritten = FuseInference.apply(ActivationBeforePoolGrad.apply(program));
      plan = new PlanBuilder(rewritten, variables, engine, workers, resources).build();
      plan.fills().forEach(Plan.Fill::write);
      plan.inputs().forEach((id, o) -> inputs.put(id, Memory.of(o.buffer()).bytes()));
      outputs =
          plan.outputs().stream()
              .map(o -> Memory.of(o.buffer()).bytes())
              .toArray(ByteBuffer[]::new);
      steps = plan.steps().toArray(Step[]::new);
      onChange = plan.onChange().toArray(Plan.OnChange[]::new);
      mutated = plan.mutated().toArray(CpuVariable[]::new);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  @Override
  public ByteBuffer input(int slot) {
    requireOpen();
    ByteBuffer input = inputs.get(slot);
    if (input == null) {
      throw new IllegalArgumentException("slot " + slot + " is not a placeholder of the program");
    }
    return input;
  }

  @Override
  public void run() {
    begin();
    for (Step step : steps) {
      step.run();
    }
    end();
  }

  @Override
  public List<StepTime> profile() {
    begin();
    List<StepTime> times = new ArrayList<>();
    for (Step step : steps) {
      long start = System.nanoTime();
      step.run();
      long nanos = System.nanoTime() - start;
      times.add(new StepTime(step.describe().lines().findFirst().orElseThrow(), nanos));
    }
    end();
    return times;
  }

  private void begin() {
    requireOpen();
    variables.requireOpen();
    for (Plan.OnChange step : onChange) {
      step.run();
    }
  }

  private void end() {
    for (CpuVariable variable : mutated) {
      variable.changed();
    }
  }

  @Override
  public ByteBuffer output(int fetch) {
    requireOpen();
    return outputs[fetch];
  }

  @Override
  public long plannedBytes() {
    requireOpen();
    return plan.bytes();
  }

  @Override
  public String dump() {
    requireOpen();
    return plan.describe();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the executable is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      resources.close();
      onClose.run();
    }
  }
}

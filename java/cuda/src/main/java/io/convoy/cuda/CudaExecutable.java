// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Executable;
import io.convoy.backend.PlanCost;
import io.convoy.backend.Resources;
import io.convoy.backend.StepTime;
import io.convoy.compile.Program;
import io.convoy.cuda.device.Buffer;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.Transfer;
import io.convoy.ops.GatherImages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A plan on a GPU with everything that it owns. */
final class CudaExecutable implements Executable {
  private static final ByteBuffer TOKEN = ByteBuffer.allocateDirect(0);

  private final CudaVariables variables;
  private final Gpu gpu;
  private final Runnable onClose;
  private final Resources resources = new Resources();
  private final Map<Integer, ByteBuffer> inputs = new HashMap<>(); // by slot id
  private final ByteBuffer[] outputs;
  private final Plan plan;
  private final Pipeline pipeline;
  private final Optional<Pipeline> refresh; // of copies of variables, if the plan reads any
  private boolean closed;

  CudaExecutable(Program program, CudaVariables variables, Gpu gpu, Runnable onClose) {
    this.variables = variables;
    this.gpu = gpu;
    this.onClose = onClose;
    try {
      plan = new PlanBuilder(program, variables, gpu.info().multiprocessors()).build();
      place(batch(program));
      plan.fills().forEach(f -> gpu.write(f.buffer().address(), f.contents().get().duplicate()));
      List<Transfer> up = new ArrayList<>();
      plan.inputs().forEach((slot, buffer) -> up.add(input(slot, buffer)));
      List<Transfer> down = new ArrayList<>();
      outputs = plan.outputs().stream().map(b -> output(b, down)).toArray(ByteBuffer[]::new);
      pipeline = resources.own(gpu.pipeline(plan.steps(), up, down), Pipeline::close);
      refresh = plan.refreshes().isEmpty() ? Optional.empty() : Optional.of(refresh());
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static int batch(Program program) {
    Stream<Integer> fed =
        program.slots().stream()
            .filter(s -> s.isPlaceholder() && s.spec().shape().rank() > 0)
            .map(s -> s.spec().shape().dim(0));
    Stream<Integer> gathered =
        program.instructions().stream()
            .filter(i -> i.op() instanceof GatherImages)
            .map(i -> ((GatherImages) i.op()).batch());
    return Stream.concat(fed, gathered).findFirst().orElse(0);
  }

  private void place(int batch) {
    if (plan.bytes() == 0) {
      return;
    }
    if (plan.bytes() > gpu.freeBytes()) {
      throw OutOfMemory.of(plan, gpu, batch);
    }
    plan.place(resources.own(gpu.allocate(plan.bytes(), "the plan"), gpu::free));
  }

  private Pipeline refresh() {
    return resources.own(gpu.pipeline(plan.refreshes(), List.of(), List.of()), Pipeline::close);
  }

  private ByteBuffer host(Buffer buffer) {
    return resources.own(gpu.allocateHost(buffer.bytes()), gpu::freeHost);
  }

  private Transfer input(int slot, Buffer buffer) {
    ByteBuffer host = host(buffer);
    inputs.put(slot, host);
    return new Transfer(host, buffer);
  }

  private ByteBuffer output(Buffer buffer, List<Transfer> down) {
    if (buffer == null) {
      return TOKEN;
    }
    ByteBuffer host = host(buffer);
    down.add(new Transfer(host, buffer));
    return host;
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
    pipeline.run();
    plan.use().end();
  }

  /** Makes copies of variables anew, where something else than updates changed a variable. */
  private void begin() {
    requireOpen();
    variables.requireOpen();
    if (!plan.use().isCurrent()) {
      refresh.ifPresent(Pipeline::run);
      plan.use().refreshed();
    }
    plan.use().begin();
  }

  @Override
  public List<StepTime> profile() {
    begin();
    long[] nanos = pipeline.profile();
    plan.use().end();
    List<StepTime> times = new ArrayList<>();
    for (int at = 0; at < nanos.length; at++) {
      times.add(new StepTime(plan.steps().get(at).describe(), nanos[at]));
    }
    return times;
  }

  @Override
  public Optional<PlanCost> cost() {
    requireOpen();
    return Optional.of(plan.cost());
  }

  @Override
  public ByteBuffer output(int fetch) {
    requireOpen();
    pipeline.await();
    return outputs[fetch];
  }

  @Override
  public long plannedBytes() {
    requireOpen();
    return plan.bytes() + pipeline.workspaceBytes();
  }

  @Override
  public String dump() {
    requireOpen();
    return plan.describe(pipeline::choice);
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

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.backend.DeviceInfo;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.GpuInfo;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.Step;
import io.convoy.cuda.device.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A GPU whose kernels an {@link Emulator} runs; it must be closed with nothing left on it. */
final class EmulatedGpu implements Gpu {
  /** Few multiprocessors, so that small tensors already get several parts, and some one. */
  static final GpuInfo INFO =
      new GpuInfo(new DeviceInfo("cuda:0", "the emulator, on the CPU"), 4, 90);

  private static final long MEMORY = 1L << 30;

  private final Emulator emulator;
  private final Map<Long, Allocation> allocations = new HashMap<>(); // by address
  private final Set<Object> others = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  private record Allocation(long bytes, String what) {}

  /**
   * Makes a GPU.
   *
   * @param emulator owned by it
   */
  EmulatedGpu(Emulator emulator) {
    this.emulator = emulator;
  }

  @Override
  public GpuInfo info() {
    return INFO;
  }

  @Override
  public long freeBytes() {
    return MEMORY - allocations.values().stream().mapToLong(Allocation::bytes).sum();
  }

  @Override
  public long allocate(long bytes, String what) {
    long address = emulator.allocate(bytes, what);
    allocations.put(address, new Allocation(bytes, what));
    return address;
  }

  @Override
  public void free(long address) {
    emulator.free(address);
    allocations.remove(address);
  }

  @Override
  public ByteBuffer allocateHost(long bytes) {
    ByteBuffer host =
        ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    others.add(host);
    return host;
  }

  @Override
  public void freeHost(ByteBuffer host) {
    if (!others.remove(host)) {
      throw new IllegalStateException("not allocated, or freed twice: " + host);
    }
  }

  @Override
  public void write(long address, ByteBuffer value) {
    emulator.write(address, value);
  }

  @Override
  public void read(long address, ByteBuffer into) {
    emulator.read(address, into);
  }

  @Override
  public Pipeline pipeline(List<Step> steps, List<Transfer> inputs, List<Transfer> outputs) {
    EmulatedPipeline made = new EmulatedPipeline(emulator, steps, inputs, outputs, others::remove);
    others.add(made);
    return made;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    emulator.close();
    List<Object> left = new ArrayList<>(allocations.values());
    left.addAll(others);
    if (!left.isEmpty()) {
      throw new AssertionError("closed, and these were not: " + left);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.DeviceInfo;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.GpuInfo;
import io.convoy.cuda.device.Pipeline;
import io.convoy.cuda.device.Step;
import io.convoy.cuda.device.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A GPU of an H100's size that plans can be made for; it computes nothing, and tells what it was
 * asked for.
 */
final class PlanningGpu implements Gpu {
  private static final int H100_MULTIPROCESSORS = 132;
  private static final int H100_CAPABILITY = 90;

  private final Set<Long> allocated = new HashSet<>();
  private final long memory;
  private final List<String> calls;
  private long next = ALIGNMENT;

  /**
   * Makes a GPU.
   *
   * @param memory bytes that it has
   * @param calls gets what goes to the device or waits for it
   */
  PlanningGpu(long memory, List<String> calls) {
    this.memory = memory;
    this.calls = calls;
  }

  @Override
  public GpuInfo info() {
    return new GpuInfo(
        new DeviceInfo("planning", "computes nothing"), H100_MULTIPROCESSORS, H100_CAPABILITY);
  }

  @Override
  public long freeBytes() {
    return memory - next;
  }

  @Override
  public long allocate(long bytes, String what) {
    long address = next;
    next += (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    allocated.add(address);
    return address;
  }

  @Override
  public void free(long address) {
    if (!allocated.remove(address)) {
      throw new IllegalStateException("not allocated: " + address);
    }
  }

  @Override
  public ByteBuffer allocateHost(long bytes) {
    return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void freeHost(ByteBuffer host) {}

  @Override
  public void write(long address, ByteBuffer value) {
    calls.add("write " + value.remaining() + " B");
  }

  @Override
  public void read(long address, ByteBuffer into) {
    calls.add("read " + into.remaining() + " B");
  }

  @Override
  public Pipeline pipeline(List<Step> steps, List<Transfer> inputs, List<Transfer> outputs) {
    return new Pipeline() {
      @Override
      public void run() {
        calls.add("run, " + inputs.size() + " up, " + outputs.size() + " down");
      }

      @Override
      public long[] profile() {
        throw new UnsupportedOperationException("this GPU computes nothing");
      }

      @Override
      public void await() {
        calls.add("await");
      }

      @Override
      public String choice(int step) {
        return "";
      }

      @Override
      public long workspaceBytes() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    if (!allocated.isEmpty()) {
      throw new IllegalStateException(allocated.size() + " allocations were not freed");
    }
  }
}

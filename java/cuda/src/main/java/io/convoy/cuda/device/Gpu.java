// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An open GPU. Failures are {@link io.convoy.backend.BackendException}s that name the call. Not
 * thread-safe.
 */
public interface Gpu extends AutoCloseable {
  /** Alignment of allocations, and of buffers in an arena, in bytes. */
  int ALIGNMENT = 256;

  /**
   * Tells what it is.
   *
   * @return the device
   */
  GpuInfo info();

  /**
   * Tells how much can be allocated.
   *
   * @return free device memory in bytes
   */
  long freeBytes();

  /**
   * Allocates device memory, filled with zeros.
   *
   * @param bytes how much, at least 1
   * @param what it is for, for the message
   * @return its address, a multiple of {@link #ALIGNMENT}
   */
  long allocate(long bytes, String what);

  /**
   * Frees device memory.
   *
   * @param address by {@link #allocate}
   */
  void free(long address);

  /**
   * Allocates host memory that the device copies from and to by itself, filled with zeros.
   *
   * @param bytes how much
   * @return the memory, in native byte order
   */
  ByteBuffer allocateHost(long bytes);

  /**
   * Frees host memory.
   *
   * @param host by {@link #allocateHost}
   */
  void freeHost(ByteBuffer host);

  /**
   * Copies to the device, after all runs, and waits.
   *
   * @param address target
   * @param value what, from position to limit, which stay
   */
  void write(long address, ByteBuffer value);

  /**
   * Copies from the device, after all runs, and waits.
   *
   * @param address source
   * @param into where to, from position to limit, which stay
   */
  void read(long address, ByteBuffer into);

  /**
   * Makes steps ready. All buffers have their places and are filled.
   *
   * @param steps in the order in which they run
   * @param inputs copied to the device before the first step
   * @param outputs copied to the host behind the last
   * @return the pipeline, owned by the caller
   */
  Pipeline pipeline(List<Step> steps, List<Transfer> inputs, List<Transfer> outputs);

  /** Frees the device. Idempotent. */
  @Override
  void close();
}

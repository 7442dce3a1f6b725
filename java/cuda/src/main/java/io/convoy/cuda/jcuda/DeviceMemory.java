// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemHostRegister;
import static jcuda.driver.JCudaDriver.cuMemHostUnregister;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemsetD8Async;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;

/**
 * Memory of the current GPU and what goes to and from it. All is done on the stream on which steps
 * run, in order with them, and waited for.
 */
final class DeviceMemory {
  /** Bytes that are copied at a time. */
  private static final int CHUNK = 4 << 20;

  private static final int PAGE = 4096;

  private final String id;
  private final CUstream stream;
  private final ByteBuffer chunk; // which the device reaches, as it does not the Java heap

  DeviceMemory(String id, CUstream stream, Resources owner) {
    this.id = id;
    this.stream = stream;
    chunk = owner.own(allocateHost(CHUNK), this::freeHost);
  }

  long freeBytes() {
    long[] free = new long[1];
    check(cuMemGetInfo(free, new long[1]), "cuMemGetInfo");
    return free[0];
  }

  /** See {@link io.convoy.cuda.device.Gpu#allocate}. */
  long allocate(long bytes, String what) {
    DevicePointer made = new DevicePointer();
    int status = cuMemAlloc(made, bytes);
    if (status != CUresult.CUDA_SUCCESS) {
      throw CudaStatus.failure(
          status,
          "cuMemAlloc",
          what + " of " + bytes + " B on " + id + ", which has " + freeBytes() + " B free",
          CudaStatus::name);
    }
    try {
      check(cuMemsetD8Async(made, (byte) 0, bytes, stream), "cuMemsetD8Async");
      await();
    } catch (BackendException e) {
      cuMemFree(made);
      throw e;
    }
    return made.address();
  }

  void free(long address) {
    check(cuMemFree(DevicePointer.to(address)), "cuMemFree");
  }

  /**
   * See {@link io.convoy.cuda.device.Gpu#allocateHost}. The memory is Java's, so that a view that
   * someone still holds when the plan is closed is not a hole in memory; the device is let in, by
   * whole pages, since no page can be registered twice.
   */
  ByteBuffer allocateHost(long bytes) {
    if (bytes > Integer.MAX_VALUE - 2 * PAGE) {
      throw new BackendException(
          "an input or output of "
              + bytes
              + " B is more than a Java buffer holds, 2^31-1; a smaller batch fits");
    }
    int size = (int) bytes;
    int pages = (size + PAGE - 1) & -PAGE;
    ByteBuffer block = ByteBuffer.allocateDirect(Math.addExact(pages, PAGE));
    ByteBuffer host = block.alignedSlice(PAGE).limit(size).slice().order(ByteOrder.nativeOrder());
    CudaStatus.check(
        cuMemHostRegister(Pointer.to(host), pages, 0), "cuMemHostRegister", bytes + " B for " + id);
    return host;
  }

  void freeHost(ByteBuffer host) {
    check(cuMemHostUnregister(Pointer.to(host)), "cuMemHostUnregister");
  }

  /** See {@link io.convoy.cuda.device.Gpu#write}. */
  void write(long address, ByteBuffer value) {
    for (int done = 0; done < value.remaining(); done += CHUNK) {
      int bytes = Math.min(CHUNK, value.remaining() - done);
      chunk.put(0, value, value.position() + done, bytes);
      check(
          cuMemcpyHtoDAsync(DevicePointer.to(address + done), Pointer.to(chunk), bytes, stream),
          "cuMemcpyHtoDAsync");
      await();
    }
  }

  /** See {@link io.convoy.cuda.device.Gpu#read}. */
  void read(long address, ByteBuffer into) {
    for (int done = 0; done < into.remaining(); done += CHUNK) {
      int bytes = Math.min(CHUNK, into.remaining() - done);
      check(
          cuMemcpyDtoHAsync(Pointer.to(chunk), DevicePointer.to(address + done), bytes, stream),
          "cuMemcpyDtoHAsync");
      await();
      into.put(into.position() + done, chunk, 0, bytes);
    }
  }

  /** Waits for all that is on the stream. */
  void await() {
    check(cuStreamSynchronize(stream), "cuStreamSynchronize");
  }

  private void check(int status, String call) {
    CudaStatus.check(status, call, id);
  }
}

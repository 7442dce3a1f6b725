// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuEventRecord;
import static jcuda.driver.JCudaDriver.cuEventSynchronize;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoDAsync;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoDAsync;
import static jcuda.driver.JCudaDriver.cuStreamWaitEvent;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.Transfer;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUstream;

/**
 * Inputs on their way to the device. They wait in memory of their own there until the run before
 * has used its inputs, so that the host can write the next batch, and the bus carry it, while the
 * device computes.
 */
final class Uploads {
  private static final String SUBJECT = "inputs";

  private final Pointer[] hosts;
  private final CUdeviceptr[] staged;
  private final CUdeviceptr[] inputs;
  private final long[] bytes;
  private final CUevent uploaded; // the host's memory is free again
  private final CUevent consumed; // the staging memory is free again
  private final CUstream copy;
  private final CUstream compute;

  Uploads(List<Transfer> transfers, JCudaGpu gpu, Resources owner) {
    int count = transfers.size();
    hosts = new Pointer[count];
    staged = new CUdeviceptr[count];
    inputs = new CUdeviceptr[count];
    bytes = new long[count];
    uploaded = Handles.event(SUBJECT, owner);
    consumed = Handles.event(SUBJECT, owner);
    copy = gpu.copy();
    compute = gpu.compute();
    for (int i = 0; i < count; i++) {
      Transfer transfer = transfers.get(i);
      bytes[i] = transfer.device().bytes();
      hosts[i] = Pointer.to(transfer.host());
      long address = owner.own(gpu.allocate(bytes[i], "staging of input " + i), gpu::free);
      staged[i] = DevicePointer.to(address);
      inputs[i] = DevicePointer.to(transfer.device().address());
    }
  }

  /** Puts all copies on the streams; what is put on the compute stream next finds the inputs. */
  void start() {
    if (hosts.length == 0) {
      return;
    }
    check(cuStreamWaitEvent(copy, consumed, 0), "cuStreamWaitEvent");
    for (int i = 0; i < hosts.length; i++) {
      check(cuMemcpyHtoDAsync(staged[i], hosts[i], bytes[i], copy), "cuMemcpyHtoDAsync");
    }
    check(cuEventRecord(uploaded, copy), "cuEventRecord");
    check(cuStreamWaitEvent(compute, uploaded, 0), "cuStreamWaitEvent");
    for (int i = 0; i < hosts.length; i++) {
      check(cuMemcpyDtoDAsync(inputs[i], staged[i], bytes[i], compute), "cuMemcpyDtoDAsync");
    }
    check(cuEventRecord(consumed, compute), "cuEventRecord");
  }

  /** Waits until the host's memory may be written again. */
  void await() {
    if (hosts.length > 0) {
      check(cuEventSynchronize(uploaded), "cuEventSynchronize");
    }
  }

  private static void check(int status, String call) {
    CudaStatus.check(status, call, SUBJECT);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;

import io.convoy.cuda.device.Transfer;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;

/** A copy of an output to the host. */
final class DownloadLaunch implements Launch {
  private final String subject;
  private final CUdeviceptr from;
  private final Pointer to;
  private final long bytes;
  private final CUstream stream;

  DownloadLaunch(int output, Transfer transfer, JCudaGpu gpu) {
    bytes = transfer.device().bytes();
    subject = "output " + output + " of " + bytes + " B";
    from = DevicePointer.to(transfer.device().address());
    to = Pointer.to(transfer.host());
    stream = gpu.compute();
  }

  @Override
  public void run() {
    CudaStatus.check(cuMemcpyDtoHAsync(to, from, bytes, stream), "cuMemcpyDtoHAsync", subject);
  }

  @Override
  public String subject() {
    return subject;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoDAsync;

import io.convoy.cuda.device.CopyStep;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;

/** A copy on the device. */
final class CopyLaunch implements Launch {
  private final String subject;
  private final CUdeviceptr from;
  private final CUdeviceptr to;
  private final long bytes;
  private final CUstream stream;

  CopyLaunch(CopyStep step, JCudaGpu gpu) {
    subject = step.describe();
    from = DevicePointer.to(step.from().address());
    to = DevicePointer.to(step.to().address());
    bytes = step.to().bytes();
    stream = gpu.compute();
  }

  @Override
  public void run() {
    CudaStatus.check(cuMemcpyDtoDAsync(to, from, bytes, stream), "cuMemcpyDtoDAsync", subject);
  }

  @Override
  public String subject() {
    return subject;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import jcuda.driver.CUdeviceptr;

/** Memory that the convolutions of a pipeline share, one after the other. */
final class Workspace {
  private long bytes;
  private CUdeviceptr pointer;

  /** Makes it at least as large, before it is allocated. */
  void require(long atLeast) {
    bytes = Math.max(bytes, atLeast);
  }

  void allocate(JCudaGpu gpu, Resources owner) {
    if (bytes > 0) {
      long address = owner.own(gpu.allocate(bytes, "cuDNN's workspace"), gpu::free);
      pointer = DevicePointer.to(address);
    }
  }

  long bytes() {
    return bytes;
  }

  /** Where it lies; null if nobody needs it. */
  CUdeviceptr pointer() {
    return pointer;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuEventCreate;
import static jcuda.driver.JCudaDriver.cuEventDestroy;
import static jcuda.driver.JCudaDriver.cuStreamCreate;
import static jcuda.driver.JCudaDriver.cuStreamDestroy;
import static jcuda.jcublas.JCublas2.cublasCreate;
import static jcuda.jcublas.JCublas2.cublasDestroy;
import static jcuda.jcublas.JCublas2.cublasSetMathMode;
import static jcuda.jcublas.JCublas2.cublasSetStream;
import static jcuda.jcublas.JCublas2.cublasSetWorkspace;
import static jcuda.jcudnn.JCudnn.cudnnCreate;
import static jcuda.jcudnn.JCudnn.cudnnDestroy;
import static jcuda.jcudnn.JCudnn.cudnnSetStream;

import io.convoy.backend.Resources;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.runtime.cudaStream_t;

/** Makes the driver's and the libraries' handles, each with its owner. */
final class Handles {
  private Handles() {}

  /** The context that all of a process share, as cuBLAS and cuDNN do. */
  static CUcontext context(CUdevice device, String id, Resources owner) {
    CUcontext context = new CUcontext();
    CudaStatus.check(cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain", id);
    owner.own(
        device,
        d -> CudaStatus.check(cuDevicePrimaryCtxRelease(d), "cuDevicePrimaryCtxRelease", id));
    return context;
  }

  /** A stream that does not wait for the default stream. */
  static CUstream stream(String id, Resources owner) {
    CUstream stream = new CUstream();
    CudaStatus.check(
        cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING), "cuStreamCreate", id);
    return owner.own(stream, s -> CudaStatus.check(cuStreamDestroy(s), "cuStreamDestroy", id));
  }

  /** An event that takes no time. */
  static CUevent event(String id, Resources owner) {
    return event(CUevent_flags.CU_EVENT_DISABLE_TIMING, id, owner);
  }

  /** An event that tells the time. */
  static CUevent clock(String id, Resources owner) {
    return event(CUevent_flags.CU_EVENT_DEFAULT, id, owner);
  }

  private static CUevent event(int flags, String id, Resources owner) {
    CUevent event = new CUevent();
    CudaStatus.check(cuEventCreate(event, flags), "cuEventCreate", id);
    return owner.own(event, e -> CudaStatus.check(cuEventDestroy(e), "cuEventDestroy", id));
  }

  /**
   * cuBLAS on a stream, with memory of ours: left alone, it takes new memory for each captured
   * graph.
   */
  static cublasHandle cublas(
      CUstream stream, long workspace, long bytes, String id, Resources owner) {
    cublasHandle handle = new cublasHandle();
    CublasStatus.check(cublasCreate(handle), "cublasCreate", id);
    owner.own(handle, h -> CublasStatus.check(cublasDestroy(h), "cublasDestroy", id));
    // In this order: setting the stream takes the workspace back.
    CublasStatus.check(cublasSetStream(handle, new cudaStream_t(stream)), "cublasSetStream", id);
    CublasStatus.check(
        cublasSetWorkspace(handle, DevicePointer.to(workspace), bytes), "cublasSetWorkspace", id);
    // Default means at least the precision asked for: fp32 without TF32. The flag keeps sums of
    // 16-bit
    // products in fp32 where work is split.
    int math =
        cublasMath.CUBLAS_DEFAULT_MATH
            | cublasMath.CUBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION;
    CublasStatus.check(cublasSetMathMode(handle, math), "cublasSetMathMode", id);
    return handle;
  }

  /** cuDNN on a stream. */
  static CudnnHandle cudnn(CUstream stream, String id, Resources owner) {
    CudnnHandle handle = new CudnnHandle();
    CudnnStatus.check(cudnnCreate(handle), "cudnnCreate", id);
    owner.own(handle, h -> CudnnStatus.check(cudnnDestroy(h), "cudnnDestroy", id));
    CudnnStatus.check(cudnnSetStream(handle, new cudaStream_t(stream)), "cudnnSetStream", id);
    return handle;
  }
}

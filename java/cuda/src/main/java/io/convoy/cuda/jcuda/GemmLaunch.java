// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcublas.JCublas2.cublasGemmEx_new;

import io.convoy.compile.Precision;
import io.convoy.cuda.device.GemmStep;
import io.convoy.tensor.DType;
import jcuda.cudaDataType;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.cublasComputeType;
import jcuda.jcublas.cublasGemmAlgo;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;

/**
 * A matrix product. cuBLAS is column-major, where our matrices look transposed: it is asked for c^T
 * = b^T a^T.
 */
final class GemmLaunch implements Launch {
  private final String subject;
  private final GemmStep step;
  private final CUdeviceptr a;
  private final CUdeviceptr b;
  private final CUdeviceptr c;
  private final int factor; // type of a and b
  private final int result; // type of c
  private final int compute;
  private final cublasHandle handle;

  GemmLaunch(GemmStep step, JCudaGpu gpu) {
    this.step = step;
    subject = step.describe();
    a = DevicePointer.to(step.a().address());
    b = DevicePointer.to(step.b().address());
    c = DevicePointer.to(step.c().address());
    factor = step.precision().storage().map(GemmLaunch::type).orElse(cudaDataType.CUDA_R_32F);
    result = type(step.result());
    compute =
        step.precision() == Precision.TF32
            ? cublasComputeType.CUBLAS_COMPUTE_32F_FAST_TF32
            : cublasComputeType.CUBLAS_COMPUTE_32F;
    handle = gpu.cublas();
  }

  private static int type(DType dtype) {
    return switch (dtype) {
      case BFLOAT16 -> cudaDataType.CUDA_R_16BF;
      case FLOAT16 -> cudaDataType.CUDA_R_16F;
      default -> cudaDataType.CUDA_R_32F;
    };
  }

  @Override
  public void run() {
    // JCublas2's cublasGemmEx is the one of CUDA 10, which takes no cublasComputeType.
    int status =
        cublasGemmEx_new(
            handle,
            operation(step.transposeB()),
            operation(step.transposeA()),
            step.n(),
            step.m(),
            step.k(),
            Scalars.ONE,
            b,
            factor,
            step.transposeB() ? step.k() : step.n(),
            a,
            factor,
            step.transposeA() ? step.m() : step.k(),
            Scalars.ZERO,
            c,
            result,
            step.n(),
            compute,
            cublasGemmAlgo.CUBLAS_GEMM_DEFAULT);
    CublasStatus.check(status, "cublasGemmEx", subject);
  }

  private static int operation(boolean transposed) {
    return transposed ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
  }

  @Override
  public String subject() {
    return subject;
  }
}

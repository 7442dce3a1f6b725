// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.jcublas.JCublas2.cublasSgemm;

import io.convoy.cuda.device.GemmStep;
import jcuda.driver.CUdeviceptr;
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
  private final cublasHandle handle;

  GemmLaunch(GemmStep step, JCudaGpu gpu) {
    this.step = step;
    subject = step.describe();
    a = DevicePointer.to(step.a().address());
    b = DevicePointer.to(step.b().address());
    c = DevicePointer.to(step.c().address());
    handle = gpu.cublas();
  }

  @Override
  public void run() {
    int status =
        cublasSgemm(
            handle,
            operation(step.transposeB()),
            operation(step.transposeA()),
            step.n(),
            step.m(),
            step.k(),
            Scalars.ONE,
            b,
            step.transposeB() ? step.k() : step.n(),
            a,
            step.transposeA() ? step.m() : step.k(),
            Scalars.ZERO,
            c,
            step.n());
    CublasStatus.check(status, "cublasSgemm", subject);
  }

  private static int operation(boolean transposed) {
    return transposed ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
  }

  @Override
  public String subject() {
    return subject;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jcuda.driver.CUresult;
import jcuda.jcublas.cublasStatus;
import jcuda.nvrtc.nvrtcResult;
import org.junit.jupiter.api.Test;

/** What failures of the libraries say. */
class StatusTest {
  private static final String SUBJECT = "conv1: cudnn convolution FORWARD x[1,2,3,4]";

  @Test
  void successIsSilent() {
    CudaStatus.check(0, "cuInit", SUBJECT);
    CublasStatus.check(0, "cublasCreate", SUBJECT);
    CudnnStatus.check(0, "cudnnCreate", SUBJECT);
    NvrtcStatus.check(0, "nvrtcVersion", SUBJECT);
  }

  @Test
  void theDriver() {
    assertEquals(
        "the plan of 7 B on cuda:0: cuMemAlloc failed: NAME 2; a smaller batch needs less",
        driver(CUresult.CUDA_ERROR_OUT_OF_MEMORY, "cuMemAlloc", "the plan of 7 B on cuda:0"));
    assertEquals(
        SUBJECT + ": cuCtxSetCurrent failed: NAME 201",
        driver(CUresult.CUDA_ERROR_INVALID_CONTEXT, "cuCtxSetCurrent", SUBJECT));
    String lost = driver(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, "cuStreamSynchronize", "cuda:0");
    assertTrue(lost.contains("CUDA_LAUNCH_BLOCKING=1"), lost);
    assertTrue(lost.contains("convoy.cuda.graphs=false"), lost);
  }

  private static String driver(int status, String call, String subject) {
    return CudaStatus.failure(status, call, subject, s -> "NAME " + s).getMessage();
  }

  @Test
  void cublas() {
    assertEquals(
        "fc: cublas gemm [2,3,4]: cublasSgemm failed: CUBLAS_STATUS_EXECUTION_FAILED",
        cublas(cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED, "cublasSgemm"));
    assertTrue(
        cublas(cublasStatus.CUBLAS_STATUS_ALLOC_FAILED, "cublasCreate").endsWith("less memory"));
    assertTrue(
        cublas(cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED, "cublasCreate").contains("too old"));
  }

  private static String cublas(int status, String call) {
    return CublasStatus.failure(status, call, "fc: cublas gemm [2,3,4]", cublasStatus::stringFor)
        .getMessage();
  }

  @Test
  void cudnn() {
    assertEquals(
        SUBJECT + ": cudnnCreate failed: CUDNN_STATUS_NOT_INITIALIZED (1001)",
        cudnn(1001, "CUDNN_STATUS_NOT_INITIALIZED"));
    assertTrue(cudnn(3000, "CUDNN_STATUS_NOT_SUPPORTED").endsWith("makes cuDNN say why"));
    assertTrue(
        cudnn(1002, "CUDNN_STATUS_SUBLIBRARY_VERSION_MISMATCH").endsWith("one installation"));
    assertTrue(
        cudnn(4004, "CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED")
            .endsWith("a smaller batch needs less memory"));
  }

  private static String cudnn(int status, String name) {
    return CudnnStatus.failure(status, "cudnnCreate", SUBJECT, s -> name).getMessage();
  }

  @Test
  void nvrtc() {
    String message =
        NvrtcStatus.failure(
                nvrtcResult.NVRTC_ERROR_INVALID_OPTION,
                "nvrtcCompileProgram",
                "pool.cu",
                nvrtcResult::stringFor)
            .getMessage();
    assertTrue(
        message.startsWith("pool.cu: nvrtcCompileProgram failed: NVRTC_ERROR_INVALID_OPTION; "),
        message);
  }
}

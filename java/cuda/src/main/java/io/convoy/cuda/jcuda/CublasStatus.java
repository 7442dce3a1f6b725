// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import java.util.function.IntFunction;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasStatus;

/** The one gateway for cuBLAS' status codes. */
final class CublasStatus {
  private CublasStatus() {}

  /**
   * Does nothing after success.
   *
   * @param status what the call returned
   * @param call the C function, for the message
   * @param subject what it was for
   * @throws BackendException if it failed
   */
  static void check(int status, String call, String subject) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw failure(status, call, subject, JCublas2::cublasGetStatusName);
    }
  }

  static BackendException failure(
      int status, String call, String subject, IntFunction<String> names) {
    return Failure.of(subject, call, names.apply(status), help(status));
  }

  private static String help(int status) {
    switch (status) {
      case cublasStatus.CUBLAS_STATUS_ALLOC_FAILED:
        return "; a smaller batch needs less memory";
      case cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED:
      case cublasStatus.CUBLAS_STATUS_ARCH_MISMATCH:
        return "; cuBLAS may be too old for this GPU, or too new for its driver";
      default:
        return "";
    }
  }
}

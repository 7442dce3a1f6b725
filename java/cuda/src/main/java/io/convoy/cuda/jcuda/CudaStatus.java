// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuGetErrorName;

import io.convoy.backend.BackendException;
import java.util.function.IntFunction;
import jcuda.driver.CUresult;

/** The one gateway for the status codes of the CUDA driver. */
final class CudaStatus {
  private CudaStatus() {}

  /**
   * Does nothing after success.
   *
   * @param status what the call returned
   * @param call the C function, for the message
   * @param subject what it was for
   * @throws BackendException if it failed
   */
  static void check(int status, String call, String subject) {
    if (status != CUresult.CUDA_SUCCESS) {
      throw failure(status, call, subject, CudaStatus::name);
    }
  }

  static BackendException failure(
      int status, String call, String subject, IntFunction<String> names) {
    return Failure.of(subject, call, names.apply(status), help(status));
  }

  /** The name by the driver, which knows more of them than JCuda. */
  static String name(int status) {
    String[] name = new String[1];
    return cuGetErrorName(status, name) == CUresult.CUDA_SUCCESS ? name[0] : "status " + status;
  }

  private static String help(int status) {
    switch (status) {
      case CUresult.CUDA_ERROR_OUT_OF_MEMORY:
        return "; a smaller batch needs less";
      case CUresult.CUDA_ERROR_ILLEGAL_ADDRESS:
      case CUresult.CUDA_ERROR_MISALIGNED_ADDRESS:
      case CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION:
      case CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE:
      case CUresult.CUDA_ERROR_LAUNCH_FAILED:
        return "; this process can't use the device any more. An earlier step may be to blame:"
            + " CUDA_LAUNCH_BLOCKING=1 in the environment, together with "
            + Settings.GRAPHS
            + "=false, names it";
      default:
        return "";
    }
  }
}

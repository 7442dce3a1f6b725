// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import java.util.function.IntFunction;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcResult;

/** The one gateway for NVRTC's status codes. */
final class NvrtcStatus {
  private NvrtcStatus() {}

  /**
   * Does nothing after success.
   *
   * @param status what the call returned
   * @param call the C function, for the message
   * @param subject what it was for
   * @throws BackendException if it failed
   */
  static void check(int status, String call, String subject) {
    if (status != nvrtcResult.NVRTC_SUCCESS) {
      throw failure(status, call, subject, JNvrtc::nvrtcGetErrorString);
    }
  }

  static BackendException failure(
      int status, String call, String subject, IntFunction<String> names) {
    return Failure.of(subject, call, names.apply(status), help(status));
  }

  private static String help(int status) {
    switch (status) {
      case nvrtcResult.NVRTC_ERROR_INVALID_OPTION:
        return "; an NVRTC that knows this GPU is needed, or a driver that takes the fatbin";
      case nvrtcResult.NVRTC_ERROR_BUILTIN_OPERATION_FAILURE:
        return "; libnvrtc-builtins must lie beside libnvrtc";
      default:
        return "";
    }
  }
}

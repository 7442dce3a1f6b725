// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import java.util.function.IntFunction;
import jcuda.jcudnn.JCudnn;

/**
 * The one gateway for cuDNN's status codes. The binding is older than cuDNN 9 and names its codes
 * wrongly, so the library is asked for the name, and what helps depends on the name.
 */
final class CudnnStatus {
  static final int SUCCESS = 0;

  private CudnnStatus() {}

  /**
   * Does nothing after success.
   *
   * @param status what the call returned
   * @param call the C function, for the message
   * @param subject what it was for
   * @throws BackendException if it failed
   */
  static void check(int status, String call, String subject) {
    if (status != SUCCESS) {
      throw failure(status, call, subject, JCudnn::cudnnGetErrorString);
    }
  }

  static BackendException failure(
      int status, String call, String subject, IntFunction<String> names) {
    String name = names.apply(status);
    return Failure.of(subject, call, name + " (" + status + ")", help(name));
  }

  private static String help(String name) {
    if (name.contains("SUBLIBRARY")) {
      return "; libcudnn.so.9 and the libcudnn_*.so.9 must come from one installation";
    }
    if (name.contains("ALLOC")) {
      return "; a smaller batch needs less memory";
    }
    if (name.contains("NOT_SUPPORTED") || name.contains("BAD_PARAM")) {
      return "; CUDNN_LOGLEVEL_DBG=2 in the environment makes cuDNN say why";
    }
    return "";
  }
}

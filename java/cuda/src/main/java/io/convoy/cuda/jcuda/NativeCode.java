// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.nio.file.Path;

/**
 * What the probe asks of native code. All but {@link #load} may throw a LinkageError if JCuda's own
 * natives can't be loaded.
 */
interface NativeCode {
  /**
   * Loads a library into the process.
   *
   * @throws UnsatisfiedLinkError with the loader's message
   */
  void load(Path library);

  /** The CUDA version that the driver knows: 12060 is 12.6. */
  int driverVersion();

  /** Starts the driver; returns cuInit's status. */
  int init();

  /** The name of a status of the driver. */
  String name(int status);

  /** How many GPUs there are, after {@link #init}. */
  int devices();

  /** What a GPU is. */
  DeviceFacts device(int index);

  /** cuBLAS' version for people. */
  String cublasVersion();

  /** NVRTC's version for people. */
  String nvrtcVersion();

  /** cuDNN's version for people. */
  String cudnnVersion();
}

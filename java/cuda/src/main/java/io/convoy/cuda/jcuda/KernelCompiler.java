// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.nvrtc.JNvrtc.nvrtcCompileProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcCreateProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcDestroyProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcGetCUBIN;
import static jcuda.nvrtc.JNvrtc.nvrtcGetCUBINSize;
import static jcuda.nvrtc.JNvrtc.nvrtcGetProgramLog;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;

/** Compiles our kernels for one kind of GPU, or finds them compiled. */
final class KernelCompiler {
  private final KernelSources sources;
  private final CubinCache cache;
  private final String[] options;
  private final String identity;

  /**
   * Makes a compiler.
   *
   * @param sources what it compiles
   * @param cache where it keeps the result
   * @param architecture what it compiles for, such as {@code sm_90}
   * @param version NVRTC's
   */
  KernelCompiler(KernelSources sources, CubinCache cache, String architecture, String version) {
    this.sources = sources;
    this.cache = cache;
    this.options =
        new String[] {"--gpu-architecture=" + architecture, "--std=c++17", "-default-device"};
    this.identity = "NVRTC " + version + " " + String.join(" ", options);
    JNvrtc.setExceptionsEnabled(false);
  }

  /**
   * Compiles a file unless that was done before.
   *
   * @param file its name
   * @return the machine code
   * @throws BackendException with the compiler's messages
   */
  byte[] compile(String file) {
    String key = file + "-" + sources.digest(file, identity);
    return cache
        .get(key)
        .orElseGet(
            () -> {
              byte[] made = compiled(file);
              cache.put(key, made);
              return made;
            });
  }

  private byte[] compiled(String file) {
    nvrtcProgram program = new nvrtcProgram();
    String[] names = sources.headers().keySet().toArray(String[]::new);
    String[] headers = sources.headers().values().toArray(String[]::new);
    NvrtcStatus.check(
        nvrtcCreateProgram(
            program, sources.kernels().get(file), file, names.length, headers, names),
        "nvrtcCreateProgram",
        file);
    try (Resources resources = new Resources()) {
      resources.own(program, p -> NvrtcStatus.check(nvrtcDestroyProgram(p), "nvrtcDestroy", file));
      return machineCode(program, file);
    }
  }

  private byte[] machineCode(nvrtcProgram program, String file) {
    int status = nvrtcCompileProgram(program, options.length, options);
    if (status != nvrtcResult.NVRTC_SUCCESS) {
      String[] log = new String[1];
      nvrtcGetProgramLog(program, log);
      String subject = file + " with " + identity;
      throw new BackendException(
          NvrtcStatus.failure(status, "nvrtcCompileProgram", subject, JNvrtc::nvrtcGetErrorString)
                  .getMessage()
              + "\n"
              + log[0]);
    }
    long[] size = new long[1];
    NvrtcStatus.check(nvrtcGetCUBINSize(program, size), "nvrtcGetCUBINSize", file);
    byte[] cubin = new byte[Math.toIntExact(size[0])];
    NvrtcStatus.check(nvrtcGetCUBIN(program, cubin), "nvrtcGetCUBIN", file);
    return cubin;
  }
}

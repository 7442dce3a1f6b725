// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuModuleUnload;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;

/**
 * Our kernels, loaded: from the fatbin where the driver takes it, or else compiled for this GPU,
 * one module a source file.
 */
final class KernelModules {
  private final List<CUmodule> modules;
  private final String origin;
  private final Map<String, CUfunction> functions = new HashMap<>();

  private KernelModules(List<CUmodule> modules, String origin) {
    this.modules = List.copyOf(modules);
    this.origin = origin;
  }

  /**
   * Loads the kernels into the current context.
   *
   * @param architecture the GPU's, such as {@code sm_90}
   * @param noCompiler why they can't be compiled, if they can't
   * @param owner unloads them
   */
  static KernelModules load(String architecture, Optional<String> noCompiler, Resources owner) {
    Optional<byte[]> fatbin = KernelSources.fatbin();
    String refusal = "the class path has none";
    if (fatbin.isPresent()) {
      CUmodule module = new CUmodule();
      int status = cuModuleLoadData(module, fatbin.get());
      if (status == CUresult.CUDA_SUCCESS) {
        return new KernelModules(List.of(own(module, owner)), "from the fatbin");
      }
      refusal = "cuModuleLoadData failed: " + CudaStatus.name(status);
    }
    if (noCompiler.isPresent()) {
      throw new BackendException(
          "our kernels can't be loaded from the fatbin ("
              + refusal
              + "), nor compiled ("
              + noCompiler.get()
              + "); install "
              + Library.NVRTC.title()
              + ", or a driver that is as new as the fatbin");
    }
    return compile(architecture, owner);
  }

  private static KernelModules compile(String architecture, Resources owner) {
    KernelSources sources = KernelSources.packed();
    CubinCache cache = new CubinCache(CacheFolder.ofUser());
    String version = new JCudaCode().nvrtcVersion();
    KernelCompiler compiler = new KernelCompiler(sources, cache, architecture, version);
    List<CUmodule> modules = new ArrayList<>();
    for (String file : sources.kernels().keySet()) {
      CUmodule module = new CUmodule();
      CudaStatus.check(cuModuleLoadData(module, compiler.compile(file)), "cuModuleLoadData", file);
      modules.add(own(module, owner));
    }
    return new KernelModules(modules, "by NVRTC " + version + " for " + architecture);
  }

  private static CUmodule own(CUmodule module, Resources owner) {
    return owner.own(
        module, m -> CudaStatus.check(cuModuleUnload(m), "cuModuleUnload", "our kernels"));
  }

  /** Where they are from, for people. */
  String origin() {
    return origin;
  }

  /**
   * Finds a kernel.
   *
   * @param name its name
   * @param subject what needs it, for the message
   * @return the kernel, valid until the modules are unloaded
   */
  CUfunction function(String name, String subject) {
    return functions.computeIfAbsent(name, n -> find(n, subject));
  }

  private CUfunction find(String name, String subject) {
    CUfunction function = new CUfunction();
    for (CUmodule module : modules) {
      int status = cuModuleGetFunction(function, module, name);
      if (status != CUresult.CUDA_ERROR_NOT_FOUND) {
        CudaStatus.check(status, "cuModuleGetFunction of " + name, subject);
        return function;
      }
    }
    throw new BackendException(
        subject + ": there is no kernel '" + name + "' in the modules " + origin);
  }
}

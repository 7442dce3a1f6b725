// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Availability;
import io.convoy.backend.Availability.Available;
import io.convoy.backend.BackendException;
import io.convoy.backend.DeviceInfo;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jcuda.driver.CUresult;

/**
 * Tries whether this machine has GPUs and all that they need, the most fundamental first; without a
 * driver no native code is touched.
 */
final class Probe {
  /** Oldest driver that JCuda 12 works with, by the CUDA version that it knows. */
  private static final int OLDEST_DRIVER = 12000;

  private final String platform;
  private final LibrarySearch search;
  private final NativeCode code;
  private final Map<Library, Path> loaded = new EnumMap<>(Library.class);
  private Optional<String> noCompiler = Optional.empty();

  /**
   * Makes a probe.
   *
   * @param platform the system properties os.name and os.arch, with a blank between
   * @param search where libraries are looked for
   * @param code loads them and calls into them
   */
  Probe(String platform, LibrarySearch search, NativeCode code) {
    this.platform = platform;
    this.search = search;
    this.code = code;
  }

  /**
   * What was found.
   *
   * @param availability the answer
   * @param noCompiler why kernels can't be compiled, if they can't
   */
  record Outcome(Availability availability, Optional<String> noCompiler) {}

  /** Never throws. */
  Outcome run() {
    Availability answer;
    try {
      answer = find();
    } catch (Refusal e) {
      answer = e.answer();
    } catch (UncheckedIOException e) {
      answer = Refusal.unpacking(e).answer();
    } catch (BackendException e) {
      answer = Refusal.failure(e).answer();
    }
    return new Outcome(answer, noCompiler);
  }

  private Available find() throws Refusal {
    if (!platform.equals("Linux amd64")) {
      throw Refusal.platform(platform);
    }
    if (search.find(Library.DRIVER).isEmpty()) {
      throw Refusal.noDriver(search);
    }
    try {
      load(Library.DRIVER);
      requireDevice();
      load(Library.CUBLAS);
      String compiler = compiler();
      load(Library.CUDNN);
      return devices(compiler);
    } catch (LinkageError e) {
      throw Refusal.binding(e);
    }
  }

  private void load(Library library) throws Refusal {
    Optional<Path> file = search.find(library);
    if (file.isEmpty()) {
      throw Refusal.missing(library, search, search.otherVersion(library));
    }
    try {
      LibrarySearch.parts(library, file.get()).forEach(code::load);
      code.load(file.get());
    } catch (LinkageError e) {
      throw Refusal.broken(library, e);
    }
    loaded.put(library, file.get());
  }

  /** NVRTC for people. Where the fatbin fits, nothing is lost without it. */
  private String compiler() {
    try {
      load(Library.NVRTC);
      return "NVRTC " + code.nvrtcVersion() + from(Library.NVRTC);
    } catch (Refusal e) {
      noCompiler = Optional.of(e.getMessage());
    } catch (LinkageError e) {
      noCompiler = Optional.of(Refusal.binding(e).getMessage());
    }
    return "no NVRTC";
  }

  private void requireDevice() throws Refusal {
    int version = code.driverVersion();
    if (version < OLDEST_DRIVER) {
      throw Refusal.oldDriver(version, OLDEST_DRIVER);
    }
    int status = code.init();
    if (status == CUresult.CUDA_ERROR_NO_DEVICE) {
      throw Refusal.noDevice(loaded.get(Library.DRIVER));
    }
    if (status != CUresult.CUDA_SUCCESS) {
      throw Refusal.failedDriver(code.name(status));
    }
    if (code.devices() == 0) {
      throw Refusal.noDevice(loaded.get(Library.DRIVER));
    }
  }

  private Available devices(String compiler) {
    String libraries =
        String.join(
            ", ",
            "driver for CUDA " + dotted(code.driverVersion()),
            "cuBLAS " + code.cublasVersion() + from(Library.CUBLAS),
            "cuDNN " + code.cudnnVersion() + from(Library.CUDNN),
            compiler);
    List<DeviceInfo> devices = new ArrayList<>();
    for (int i = 0; i < code.devices(); i++) {
      devices.add(new DeviceInfo(JCudaCode.id(i), code.device(i) + ", " + libraries));
    }
    return new Available(devices);
  }

  private String from(Library library) {
    return " (" + loaded.get(library).getParent() + ")";
  }

  /** CUDA's versions for people: 12060 is 12.6. */
  static String dotted(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}

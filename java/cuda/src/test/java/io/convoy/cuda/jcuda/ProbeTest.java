// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Availability;
import io.convoy.backend.BackendException;
import io.convoy.backend.DeviceInfo;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jcuda.driver.CUresult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the probe says of machines of all kinds. */
class ProbeTest {
  @TempDir Path folder;
  private final Machine machine = new Machine();

  /** Native code that is not there. */
  private static final class Machine implements NativeCode {
    final List<String> loaded = new ArrayList<>();
    int driver = 12080;
    int init = CUresult.CUDA_SUCCESS;
    int devices = 1;
    String broken = "";
    LinkageError binding;
    LinkageError compilerBinding;

    @Override
    public void load(Path library) {
      String name = library.getFileName().toString();
      if (name.equals(broken)) {
        throw new UnsatisfiedLinkError(library + ": file too short");
      }
      loaded.add(name);
    }

    @Override
    public int driverVersion() {
      if (binding != null) {
        throw binding;
      }
      return driver;
    }

    @Override
    public int init() {
      return init;
    }

    @Override
    public String name(int status) {
      return "status " + status;
    }

    @Override
    public int devices() {
      if (devices < 0) {
        throw new BackendException("the driver: cuDeviceGetCount failed: CUDA_ERROR_UNKNOWN");
      }
      return devices;
    }

    @Override
    public DeviceFacts device(int index) {
      return new DeviceFacts("NVIDIA H100", 85_000_000_000L, 9, index, 132);
    }

    @Override
    public String cublasVersion() {
      return "12.6.3";
    }

    @Override
    public String nvrtcVersion() {
      if (compilerBinding != null) {
        throw compilerBinding;
      }
      return "12.6";
    }

    @Override
    public String cudnnVersion() {
      return "9.5.1";
    }
  }

  private void install(String... names) throws IOException {
    for (String name : names) {
      StandIns.library(folder, name);
    }
  }

  private void installAll() throws IOException {
    install("libcuda.so.1", "libcublas.so.12", "libcublasLt.so.12", "libcudnn.so.9");
  }

  private Probe.Outcome run() {
    return new Probe("Linux amd64", StandIns.search(folder), machine).run();
  }

  private void assertRefusal(String reason, String cure) {
    Availability.Unavailable answer = (Availability.Unavailable) run().availability();
    assertTrue(answer.reason().contains(reason), answer.reason());
    assertTrue(answer.cure().contains(cure), answer.cure());
    assertFalse(answer.reason().endsWith("."), "the cure follows behind a full stop");
  }

  @Test
  void allIsThere() throws IOException {
    installAll();
    machine.devices = 2;
    Probe.Outcome outcome = run();
    String libraries =
        ", driver for CUDA 12.8, cuBLAS 12.6.3 (%1$s), cuDNN 9.5.1 (%1$s), no NVRTC"
            .formatted(folder);
    String first =
        "NVIDIA H100, 79.2 GiB, compute capability 9.0 (fp32 tf32 bf16 fp16)" + libraries;
    String second =
        "NVIDIA H100, 79.2 GiB, compute capability 9.1 (fp32 tf32 bf16 fp16)" + libraries;
    assertEquals(
        new Availability.Available(
            List.of(new DeviceInfo("cuda:0", first), new DeviceInfo("cuda:1", second))),
        outcome.availability());
    assertTrue(outcome.noCompiler().orElseThrow().contains("libnvrtc.so.12"));
    assertEquals(
        List.of("libcuda.so.1", "libcublasLt.so.12", "libcublas.so.12", "libcudnn.so.9"),
        machine.loaded);
  }

  @Test
  void theCompilerIsNamedIfItIsThere() throws IOException {
    installAll();
    install("libnvrtc.so.12", "libnvrtc-builtins.so.12.6");
    Probe.Outcome outcome = run();
    assertEquals(Optional.empty(), outcome.noCompiler());
    Availability.Available answer = (Availability.Available) outcome.availability();
    String description = answer.devices().get(0).description();
    assertTrue(description.endsWith(", NVRTC 12.6 (" + folder + ")"), description);
  }

  @Test
  void aCompilerThatCannotBeLoadedIsNoObstacle() throws IOException {
    installAll();
    install("libnvrtc.so.12");
    machine.compilerBinding = new UnsatisfiedLinkError("version `libnvrtc.so.12' not found");
    Probe.Outcome outcome = run();
    assertTrue(outcome.availability() instanceof Availability.Available);
    assertTrue(outcome.noCompiler().orElseThrow().contains("version `libnvrtc.so.12' not found"));
  }

  @Test
  void anotherPlatform() {
    Probe probe = new Probe("Mac OS X aarch64", StandIns.search(folder), machine);
    Availability.Unavailable answer = (Availability.Unavailable) probe.run().availability();
    assertEquals("it runs on Linux x86_64, and this is Mac OS X aarch64", answer.reason());
  }

  @Test
  void noDriver() throws IOException {
    install("libcublas.so.12", "libcudnn.so.9");
    assertRefusal(
        "there is no NVIDIA driver: libcuda.so.1 (NVIDIA's driver) is in none of the folders"
            + " searched: "
            + folder,
        "Install NVIDIA's driver");
    assertEquals(List.of(), machine.loaded);
  }

  @Test
  void aDriverWithoutDevice() throws IOException {
    installAll();
    machine.init = CUresult.CUDA_ERROR_NO_DEVICE;
    assertRefusal("no GPU that it shows", "CUDA_VISIBLE_DEVICES");
    machine.init = CUresult.CUDA_SUCCESS;
    machine.devices = 0;
    assertRefusal("no GPU that it shows", "CUDA_VISIBLE_DEVICES");
  }

  @Test
  void aDriverThatIsTooOld() throws IOException {
    installAll();
    machine.driver = 11080;
    assertRefusal("too old: it knows CUDA 11.8, not 12.0", "R525");
  }

  @Test
  void aDriverThatDoesNotStart() throws IOException {
    installAll();
    machine.init = CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH;
    assertRefusal("cuInit failed: status 803", "restart");
  }

  @Test
  void aDriverThatFailsLater() throws IOException {
    installAll();
    machine.devices = -1;
    assertRefusal("cuDeviceGetCount failed: CUDA_ERROR_UNKNOWN", "nvidia-smi");
  }

  @Test
  void noCublas() throws IOException {
    install("libcuda.so.1", "libcudnn.so.9", "libcublas.so.13");
    assertRefusal(
        "libcublas.so.12 (cuBLAS 12) is in none of the folders searched: "
            + folder
            + "; there is only "
            + folder.resolve("libcublas.so.13"),
        "Install cuBLAS 12 for CUDA 12");
  }

  @Test
  void noCudnn() throws IOException {
    install("libcuda.so.1", "libcublas.so.12");
    assertRefusal(
        "libcudnn.so.9 (cuDNN 9) is in none of the folders searched: " + folder,
        "-Dconvoy.cuda.path");
  }

  @Test
  void cudnn8() throws IOException {
    install("libcuda.so.1", "libcublas.so.12", "libcudnn.so.8");
    assertRefusal("; there is only " + folder.resolve("libcudnn.so.8"), "Install cuDNN 9");
  }

  @Test
  void halfOfALibrary() throws IOException {
    installAll();
    install("libcudnn_graph.so.9");
    machine.broken = "libcudnn_graph.so.9";
    assertRefusal(
        "cuDNN 9 is there but can't be loaded: "
            + folder.resolve("libcudnn_graph.so.9")
            + ": file too short",
        "Install it completely");
  }

  @Test
  void jcudaWithoutNatives() throws IOException {
    installAll();
    machine.binding =
        new UnsatisfiedLinkError(
            """
            Error while loading native library "JCudaDriver-12.6.0-linux-x86_64"
            Stack trace from the attempt to load the library as a file:
            java.lang.UnsatisfiedLinkError: no JCudaDriver in java.library.path: /usr/lib
            \tat java.base/java.lang.ClassLoader.loadLibrary(ClassLoader.java:1)
            Stack trace from the attempt to load the library as a resource:
            java.io.IOException: No resource found with name '/lib/libJCudaDriver.so'
            \tat jcuda.LibUtils.writeResourceToFile(LibUtils.java:1)
            ---(end of nested stack traces)---
            """);
    assertRefusal(
        "JCuda's natives can't be loaded: java.io.IOException: No resource found with name"
            + " '/lib/libJCudaDriver.so'",
        "jcuda-natives");
  }

  @Test
  void aRedistThatCannotBeUnpacked() throws IOException {
    install("libcuda.so.1");
    Path cache = Files.createFile(folder.resolve("file"));
    try (URLClassLoader loader = StandIns.classPath(StandIns.jar(folder))) {
      Redist redist = new Redist(loader, new CacheFolder(cache));
      LibrarySearch search = new LibrarySearch(List.of(), redist, List.of(folder));
      Probe probe = new Probe("Linux amd64", search, machine);
      Availability.Unavailable answer = (Availability.Unavailable) probe.run().availability();
      assertTrue(answer.reason().startsWith("can't unpack jar:"), answer.reason());
      assertTrue(answer.cure().contains("XDG_CACHE_HOME"), answer.cure());
    }
  }
}

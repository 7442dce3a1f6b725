// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import io.convoy.backend.Availability;
import io.convoy.backend.Backend;
import io.convoy.backend.BackendException;
import io.convoy.backend.BackendProvider;
import io.convoy.backend.DeviceInfo;
import java.util.List;
import org.bytedeco.dnnl.dnnl_version_t;

/** Opens the CPU backend, which works wherever oneDNN's libraries are on the class path. */
public final class CpuProvider implements BackendProvider {
  private static final String NAME = "cpu";

  /** Makes a provider. */
  public CpuProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability probe() {
    try {
      Natives.load();
      return new Availability.Available(List.of(describe()));
    } catch (BackendException e) {
      return new Availability.Unavailable(
          e.getMessage(),
          "Put org.bytedeco:dnnl and org.bytedeco:javacpp with the natives of this platform on the"
              + " class path; they need a writable cache folder (-Dorg.bytedeco.javacpp.cachedir=…)");
    }
  }

  @Override
  public Backend open(int index) {
    if (index != 0) {
      throw new BackendException("device 'cpu:" + index + "': there is one, numbered 0");
    }
    Natives.load();
    return new CpuBackend(describe());
  }

  private static DeviceInfo describe() {
    dnnl_version_t version = dnnl_version();
    String text =
        "oneDNN "
            + version.major()
            + "."
            + version.minor()
            + "."
            + version.patch()
            + ", "
            + instructions(dnnl_get_effective_cpu_isa())
            + ", threads: "
            + OpenMp.threads();
    return new DeviceInfo(NAME, text);
  }

  /** The name of a dnnl_cpu_isa_t: each wider set has the bits of the narrower ones. */
  private static String instructions(int isa) {
    if ((isa & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core) {
      return "AVX-512";
    }
    if ((isa & dnnl_cpu_isa_avx2) == dnnl_cpu_isa_avx2) {
      return "AVX2";
    }
    return "instruction set " + isa;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Availability;
import io.convoy.backend.BackendException;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.GpuDriver;

/** NVIDIA's driver, through JCuda. */
public final class JCudaDriver implements GpuDriver {
  /** A process loads native code once, so the answer stays. */
  private static Probe.Outcome outcome;

  /** Makes a driver; it loads nothing yet. */
  public JCudaDriver() {}

  @Override
  public Availability probe() {
    return outcome().availability();
  }

  private static synchronized Probe.Outcome outcome() {
    if (outcome == null) {
      String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
      outcome = new Probe(platform, LibrarySearch.ofMachine(), new JCudaCode()).run();
    }
    return outcome;
  }

  @Override
  public Gpu open(int index) {
    Probe.Outcome found = outcome();
    if (found.availability() instanceof Availability.Unavailable no) {
      throw new BackendException("no GPU can be used: " + no.reason() + ". " + no.cure());
    }
    Availability.Available devices = (Availability.Available) found.availability();
    if (index < 0 || index >= devices.devices().size()) {
      throw new BackendException(
          "device '" + JCudaCode.id(index) + "': there are " + devices.devices().size());
    }
    return new JCudaGpu(index, devices.devices().get(index), found.noCompiler());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Availability;
import io.convoy.backend.Backend;
import io.convoy.backend.BackendProvider;
import io.convoy.cuda.emulator.EmulatedDriver;

/** The CUDA backend on the emulator: the kernels that ship, run by the CPU. */
public final class EmulatedProvider implements BackendProvider {
  static final String NAME = "emulated";

  private final EmulatedDriver driver = new EmulatedDriver();

  /** For the service loader. */
  public EmulatedProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Availability probe() {
    return driver.probe();
  }

  @Override
  public Backend open(int index) {
    return new CudaBackend(driver.open(index));
  }
}

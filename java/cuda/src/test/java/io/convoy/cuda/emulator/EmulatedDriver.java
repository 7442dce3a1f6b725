// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.emulator;

import io.convoy.backend.Availability;
import io.convoy.backend.BackendException;
import io.convoy.cuda.device.Gpu;
import io.convoy.cuda.device.GpuDriver;
import java.util.List;

/** One GPU where the emulator was built, none elsewhere. */
public final class EmulatedDriver implements GpuDriver {
  private static final String REASON = "the program 'emulator' is not there";
  private static final String CURE =
      "build it: cmake -S . -B target/cmake && cmake --build target/cmake --target emulator";

  /** Makes a driver; nothing is started before {@link #open}. */
  public EmulatedDriver() {}

  @Override
  public Availability probe() {
    return Emulator.program().isPresent()
        ? new Availability.Available(List.of(EmulatedGpu.INFO.device()))
        : new Availability.Unavailable(REASON, CURE);
  }

  @Override
  public Gpu open(int index) {
    if (index != 0) {
      throw new BackendException("there is one emulated GPU, with index 0, not " + index);
    }
    return Emulator.program()
        .map(program -> new EmulatedGpu(new Emulator(program)))
        .orElseThrow(() -> new BackendException(REASON + "; " + CURE));
  }
}

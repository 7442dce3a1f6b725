// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.backend.Devices;

/**
 * Where a model lives and what its random numbers are keyed by.
 *
 * @param device {@code auto}, or a backend's name, with {@code :index} for all but its first device
 * @param seed key of initial weights, shuffles, dropout masks and augmentation
 */
public record CompileOptions(String device, long seed) {
  /**
   * The best device that works, seed 0.
   *
   * @return the options
   */
  public static CompileOptions defaults() {
    return new CompileOptions(Devices.AUTO, 0);
  }

  /**
   * Chooses the device.
   *
   * @param changed the device
   * @return the changed options
   */
  public CompileOptions device(String changed) {
    return new CompileOptions(changed, seed);
  }

  /**
   * Chooses the seed.
   *
   * @param changed the seed
   * @return the changed options
   */
  public CompileOptions seed(long changed) {
    return new CompileOptions(device, changed);
  }
}

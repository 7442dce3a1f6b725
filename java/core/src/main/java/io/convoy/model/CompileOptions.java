// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.backend.Devices;
import io.convoy.compile.Precision;
import io.convoy.optimizers.LossScale;
import io.convoy.optimizers.Optimizer;

/**
 * Where a model lives, what its random numbers are keyed by, and how it computes.
 *
 * @param device {@code auto}, or a backend's name, with {@code :index} for all but its first device
 * @param seed key of initial weights, shuffles, dropout masks and augmentation
 * @param precision how layers compute; parameters are FLOAT32 in all
 */
public record CompileOptions(String device, long seed, Precision precision) {
  /**
   * The best device that works, seed 0, FP32.
   *
   * @return the options
   */
  public static CompileOptions defaults() {
    return new CompileOptions(Devices.AUTO, 0, Precision.FP32);
  }

  /**
   * Chooses the device.
   *
   * @param changed the device
   * @return the changed options
   */
  public CompileOptions device(String changed) {
    return new CompileOptions(changed, seed, precision);
  }

  /**
   * Chooses the seed.
   *
   * @param changed the seed
   * @return the changed options
   */
  public CompileOptions seed(long changed) {
    return new CompileOptions(device, changed, precision);
  }

  /**
   * Chooses the precision. For FP16 an optimizer without a loss scale gets {@link
   * io.convoy.optimizers.LossScale#dynamic}.
   *
   * @param changed the precision
   * @return the changed options
   */
  public CompileOptions precision(Precision changed) {
    return new CompileOptions(device, seed, changed);
  }

  /** Gradients in FLOAT16 want a loss scale, if the optimizer brings none. */
  Optimizer scaled(Optimizer optimizer) {
    boolean wanted = precision == Precision.FP16 && optimizer.lossScale().isEmpty();
    return wanted ? optimizer.lossScale(LossScale.dynamic()) : optimizer;
  }
}

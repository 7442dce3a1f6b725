// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;

/** Chooses how the convolutions of a pipeline are computed, and has memory to try it in. */
final class AlgorithmChooser implements AutoCloseable {
  private static final long MOST = 256L << 20;

  private final JCudaGpu gpu;
  private final Resources resources = new Resources();
  private final long limit;
  private final WayChooser ways;
  private WayClock clock;

  AlgorithmChooser(JCudaGpu gpu) {
    this.gpu = gpu;
    // The rest is for what the trials themselves allocate.
    limit = Math.min(MOST, gpu.freeBytes() / 2);
    ways =
        new WayChooser(
            new AlgorithmCache(CacheFolder.ofUser()),
            gpu.model() + "\tcuDNN " + new JCudaCode().cudnnVersion(),
            Settings.convolutions(),
            Settings.deterministic(),
            limit,
            this::clock);
  }

  private WayClock clock() {
    if (clock == null) {
      long address = resources.own(gpu.allocate(limit, "cuDNN's trials"), gpu::free);
      clock = new GpuWayClock(gpu, address, limit);
    }
    return clock;
  }

  /**
   * Chooses for a step.
   *
   * @param owner of what it is computed with
   */
  WayChooser.Chosen choose(ConvolutionStep step, Resources owner) {
    WayChooser.Chosen chosen = ways.choose(step, Offers.of(step, gpu, owner));
    owner.own(chosen.way(), Way::close);
    return chosen;
  }

  @Override
  public void close() {
    resources.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Step;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import jcuda.driver.CUdeviceptr;

/** Chooses algorithms for the convolutions of a pipeline, and has memory to try them in. */
final class AlgorithmChooser implements AutoCloseable {
  private static final long MOST = 256L << 20;

  private final JCudaGpu gpu;
  private final boolean deterministic = Settings.deterministic();
  private final AlgorithmCache cache = new AlgorithmCache(CacheFolder.ofUser());
  private final Resources resources = new Resources();
  private final String identity;
  private final long limit;
  private CUdeviceptr trial;

  AlgorithmChooser(JCudaGpu gpu) {
    this.gpu = gpu;
    identity =
        gpu.model()
            + "\tcuDNN "
            + new JCudaCode().cudnnVersion()
            + "\t"
            + (deterministic ? "deterministic" : "any");
    // The rest is for what the trials themselves allocate.
    limit = Math.min(MOST, gpu.freeBytes() / 2);
  }

  /**
   * An algorithm for a step.
   *
   * @param algorithm its number
   * @param workspace bytes that it needs
   */
  record Choice(int algorithm, long workspace) {}

  /** The algorithm that was chosen before, if it still works, or else the fastest. */
  Choice choose(ConvolutionStep step, ConvolutionPass pass) {
    String key = identity + "\t" + step.pass() + Step.in(step.precision()) + "\t" + step.shape();
    OptionalInt known = cache.find(key);
    if (known.isPresent()) {
      OptionalLong workspace = pass.workspace(known.getAsInt());
      if (workspace.isPresent() && workspace.getAsLong() <= limit) {
        return new Choice(known.getAsInt(), workspace.getAsLong());
      }
    }
    Candidate found = find(step, pass);
    cache.remember(key, found.algorithm());
    return new Choice(found.algorithm(), found.workspace());
  }

  private Candidate find(ConvolutionStep step, ConvolutionPass pass) {
    if (trial == null) {
      long address = resources.own(gpu.allocate(limit, "cuDNN's trials"), gpu::free);
      trial = DevicePointer.to(address);
    }
    List<Candidate> candidates = pass.find(trial, limit);
    return Candidate.fastest(candidates, limit, deterministic)
        .orElseThrow(
            () ->
                new BackendException(
                    step.describe()
                        + ": no algorithm of cuDNN works within "
                        + limit
                        + " B of workspace"
                        + (deterministic ? " and with the same bits each time" : "")
                        + "; tried were "
                        + candidates));
  }

  @Override
  public void close() {
    resources.close();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Step;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Chooses how the convolutions of a pipeline are computed, and has memory to try it in. */
final class AlgorithmChooser implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AlgorithmChooser.class.getName());
  private static final long MOST = 256L << 20;

  /** cuDNN has timed its algorithms once; the first of them are timed beside the engines. */
  private static final int ALGORITHMS = 3;

  private final JCudaGpu gpu;
  private final boolean deterministic = Settings.deterministic();
  private final ConvolutionApis apis = Settings.convolutions();
  private final AlgorithmCache cache = new AlgorithmCache(CacheFolder.ofUser());
  private final Resources resources = new Resources();
  private final String identity;
  private final long limit;
  private GpuWayClock clock;

  AlgorithmChooser(JCudaGpu gpu) {
    this.gpu = gpu;
    identity =
        gpu.model()
            + "\tcuDNN "
            + new JCudaCode().cudnnVersion()
            + "\t"
            + (deterministic ? "deterministic" : "any")
            + "\t"
            + apis;
    // The rest is for what the trials themselves allocate.
    limit = Math.min(MOST, gpu.freeBytes() / 2);
  }

  /**
   * How a step is computed.
   *
   * @param way owned by the step's owner
   * @param told the way, its workspace and how it came to be chosen, for people
   */
  record Chosen(Way way, String told) {}

  /** What was chosen before, if it can be had again, or else the fastest. */
  Chosen choose(ConvolutionStep step, Resources owner) {
    ConvolutionPass pass = ConvolutionPass.of(step, gpu, owner);
    GraphEngines engines =
        new CudnnEngines(
            step,
            new BackendDescriptors(
                Optional.of(gpu.cudnn()), gpu.attributes(), step.describe(), owner));
    String key = identity + "\t" + step.pass() + Step.in(step.precision()) + "\t" + step.shape();
    Optional<ConvolutionChoice> known = cache.find(key);
    String lost = "";
    if (known.isPresent()) {
      try {
        return chosen(again(known.get(), pass, engines), "remembered", owner);
      } catch (BackendException e) {
        lost = "; instead of " + known.get().encode() + ", which it was before: " + e.getMessage();
      }
    }
    WayTimes times = search(step, pass, engines);
    cache.remember(key, times.fastest().choice());
    return chosen(times.fastest(), times.told() + lost, owner);
  }

  private static Chosen chosen(Way way, String how, Resources owner) {
    owner.own(way, Way::close);
    return new Chosen(way, way.name() + ", workspace " + way.workspace() + " B; " + how);
  }

  private Way again(ConvolutionChoice choice, ConvolutionPass pass, GraphEngines engines) {
    Way way =
        choice instanceof ConvolutionChoice.Engine engine
            ? engines.prepare(engine)
            : algorithm((ConvolutionChoice.Algorithm) choice, pass);
    if (way.workspace() > limit) {
      way.close();
      throw new BackendException("it needs " + way.workspace() + " B of workspace");
    }
    return way;
  }

  private static Way algorithm(ConvolutionChoice.Algorithm algorithm, ConvolutionPass pass) {
    long workspace =
        pass.workspace(algorithm.number())
            .orElseThrow(() -> new BackendException("cuDNN does not take it here"));
    return new LegacyWay(pass, algorithm.number(), workspace);
  }

  private WayTimes search(ConvolutionStep step, ConvolutionPass pass, GraphEngines engines) {
    try (WaySearch search = new WaySearch(step, deterministic, limit, clock())) {
      if (apis.legacy()) {
        search.legacy(() -> algorithms(pass));
      }
      if (apis.graph()) {
        search.graph(engines);
      }
      search.refusals().forEach(refusal -> LOG.log(Level.DEBUG, step.name() + ": " + refusal));
      return search.fastest();
    }
  }

  private List<Way> algorithms(ConvolutionPass pass) {
    List<Candidate> found = pass.find(DevicePointer.to(clock().workspace()), limit);
    return Candidate.ranked(found, limit, deterministic).stream()
        .limit(ALGORITHMS)
        .<Way>map(c -> new LegacyWay(pass, c.algorithm(), c.workspace()))
        .toList();
  }

  private GpuWayClock clock() {
    if (clock == null) {
      long address = resources.own(gpu.allocate(limit, "cuDNN's trials"), gpu::free);
      clock = new GpuWayClock(gpu, address, limit);
    }
    return clock;
  }

  @Override
  public void close() {
    resources.close();
  }
}

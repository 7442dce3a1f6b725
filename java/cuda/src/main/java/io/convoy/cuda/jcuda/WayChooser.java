// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import io.convoy.cuda.device.ConvolutionStep;
import io.convoy.cuda.device.Epilogue;
import io.convoy.cuda.device.Step;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Chooses how convolutions are computed: as before, or else in the fastest way. */
final class WayChooser {
  private static final System.Logger LOG = System.getLogger(WayChooser.class.getName());

  /** cuDNN has timed its algorithms once; the first of them are timed beside the engines. */
  private static final int ALGORITHMS = 3;

  private final AlgorithmCache cache;
  private final String device;
  private final ConvolutionApis apis;
  private final boolean deterministic;
  private final long limit;
  private final Supplier<WayClock> clock;

  /**
   * Makes a chooser.
   *
   * @param device which, and the library's version: choices of others are not taken
   * @param deterministic leaves out what gives other bits each time
   * @param limit most bytes of workspace
   * @param clock asked for where something is to be timed
   */
  WayChooser(
      AlgorithmCache cache,
      String device,
      ConvolutionApis apis,
      boolean deterministic,
      long limit,
      Supplier<WayClock> clock) {
    this.cache = cache;
    this.device = device;
    this.apis = apis;
    this.deterministic = deterministic;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * How a step is computed.
   *
   * @param way owned by whoever asked
   * @param how it came to be chosen, for people
   */
  record Chosen(Way way, String how) {
    /** The way, its workspace and how it came to be chosen, for people. */
    String told() {
      return way.name() + ", workspace " + way.workspace() + " B; " + how;
    }
  }

  /**
   * Chooses for a step.
   *
   * @param offers for it
   */
  Chosen choose(ConvolutionStep step, Offers offers) {
    String key = key(step);
    Optional<ConvolutionChoice> known = cache.find(key);
    String lost = "";
    if (known.isPresent()) {
      try {
        return new Chosen(again(known.get(), offers), "remembered");
      } catch (BackendException e) {
        lost = "; instead of " + known.get().encode() + ", which it was before: " + e.getMessage();
      }
    }
    WayTimes times = search(step, offers);
    cache.remember(key, times.fastest().choice());
    return new Chosen(times.fastest(), times.told() + lost);
  }

  private String key(ConvolutionStep step) {
    return String.join(
        "\t",
        device,
        deterministic ? "deterministic" : "any",
        apis.toString(),
        step.pass() + Step.in(step.precision()) + step.epilogue().map(Epilogue::label).orElse(""),
        step.shape().toString());
  }

  private Way again(ConvolutionChoice choice, Offers offers) {
    Way way = prepare(choice, offers);
    if (way.workspace() > limit) {
      way.close();
      throw new BackendException("it needs " + way.workspace() + " B of workspace");
    }
    return way;
  }

  private static Way prepare(ConvolutionChoice choice, Offers offers) {
    if (!(choice instanceof ConvolutionChoice.Engine engine)) {
      return algorithm((ConvolutionChoice.Algorithm) choice, offers.algorithms());
    }
    return engine.fused()
        ? offers.fused().orElseThrow().prepare(engine)
        : offers.engines().prepare(engine);
  }

  private static Way algorithm(ConvolutionChoice.Algorithm algorithm, ConvolutionPass pass) {
    long workspace =
        pass.workspace(algorithm.number())
            .orElseThrow(() -> new BackendException("cuDNN does not take it here"));
    return new LegacyWay(pass, algorithm.number(), workspace);
  }

  private WayTimes search(ConvolutionStep step, Offers offers) {
    try (WaySearch search = new WaySearch(step, deterministic, limit, clock.get())) {
      if (apis.legacy()) {
        search.legacy(() -> algorithms(offers.algorithms()));
      }
      if (apis.graph(offers.fused().isPresent())) {
        search.graph(offers.engines());
      }
      if (apis.fused()) {
        offers.fused().ifPresent(search::fused);
      }
      search.refusals().forEach(refusal -> LOG.log(Level.DEBUG, step.name() + ": " + refusal));
      return search.fastest();
    }
  }

  /**
   * cuDNN lists an algorithm once a math type, and JCudnn does not say which. It runs in that of
   * the descriptor, whose workspace counts.
   */
  private List<Way> algorithms(ConvolutionPass pass) {
    List<Candidate> found = pass.find(DevicePointer.to(clock.get().workspace()), limit);
    return Candidate.ranked(found, limit, deterministic).stream()
        .map(Candidate::algorithm)
        .distinct()
        .filter(number -> pass.workspace(number).orElse(Long.MAX_VALUE) <= limit)
        .limit(ALGORITHMS)
        .map(number -> algorithm(new ConvolutionChoice.Algorithm(number), pass))
        .toList();
  }
}

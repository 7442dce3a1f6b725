// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import io.convoy.cuda.device.ConvolutionStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Looks for the fastest way to compute a pass of a convolution. What can't be used is noted and
 * left out; only if nothing is left is that an error.
 */
final class WaySearch implements AutoCloseable {
  /**
   * Engines of the graph API that are tried for a pass: the heuristics put the fast ones first, and
   * some take a second to compile. PyTorch tries 10.
   */
  static final int ENGINES = 8;

  private final ConvolutionStep step;
  private final boolean deterministic;
  private final long limit;
  private final WayClock clock;
  private final List<Way> ways = new ArrayList<>();
  private final List<Runnable> calls = new ArrayList<>(); // of the ways
  private final List<String> refusals = new ArrayList<>();

  /**
   * Makes a search.
   *
   * @param deterministic leaves out what gives other bits each time
   * @param limit most bytes of workspace
   */
  WaySearch(ConvolutionStep step, boolean deterministic, long limit, WayClock clock) {
    this.step = step;
    this.deterministic = deterministic;
    this.limit = limit;
    this.clock = clock;
  }

  /** Tries algorithms of the legacy API. */
  WaySearch legacy(Supplier<List<Way>> algorithms) {
    attempt("legacy", algorithms).orElse(List.of()).forEach(this::add);
    return this;
  }

  /** Tries engines of the graph API for the convolution. */
  WaySearch graph(GraphEngines engines) {
    return graph("graph", engines);
  }

  /** Tries engines of the graph API for the convolution and what follows. */
  WaySearch fused(GraphEngines engines) {
    return graph("fused graph", engines);
  }

  private WaySearch graph(String api, GraphEngines engines) {
    Set<ConvolutionChoice> seen = new HashSet<>();
    int most = ways.size() + ENGINES;
    for (Heuristic heuristic : Heuristic.values()) {
      for (EngineProposal proposal : proposals(api, engines, heuristic, most)) {
        if (ways.size() < most && seen.add(proposal.engine())) {
          add(proposal, engines);
        }
      }
    }
    return this;
  }

  private List<EngineProposal> proposals(
      String api, GraphEngines engines, Heuristic heuristic, int most) {
    return ways.size() < most
        ? attempt(api + " heuristic " + heuristic, () -> engines.propose(heuristic))
            .orElse(List.of())
        : List.of();
  }

  private void add(EngineProposal proposal, GraphEngines engines) {
    String name = proposal.engine().encode();
    Optional<String> refusal = proposal.refusal(step.precision(), deterministic);
    if (refusal.isPresent()) {
      refusals.add(name + ": " + refusal.get());
    } else {
      attempt(name, () -> engines.prepare(proposal.engine())).ifPresent(this::add);
    }
  }

  private void add(Way way) {
    Optional<Runnable> call = attempt(way.name(), () -> works(way));
    if (call.isPresent()) {
      ways.add(way);
      calls.add(call.get());
    } else {
      way.close();
    }
  }

  private Runnable works(Way way) {
    if (way.workspace() > limit) {
      throw new BackendException(way.workspace() + " B of workspace");
    }
    Runnable call = way.on(clock.workspace());
    clock.tryOut(call);
    return call;
  }

  private <T> Optional<T> attempt(String what, Supplier<T> trial) {
    try {
      return Optional.of(trial.get());
    } catch (BackendException e) {
      refusals.add(what + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What can't be used, each with its reason. */
  List<String> refusals() {
    return refusals;
  }

  /**
   * Times what works.
   *
   * @return ways and times; the caller owns the fastest way, and this closes the others
   * @throws BackendException if nothing works
   */
  WayTimes fastest() {
    if (ways.isEmpty()) {
      throw new BackendException(
          step.describe()
              + ": nothing in cuDNN works within "
              + limit
              + " B of workspace"
              + (deterministic ? " and with the same bits each time" : "")
              + "; refused were "
              + refusals);
    }
    WayTimes times = WayTimes.of(ways, clock.time(calls), refusals.size());
    ways.remove(times.fastest());
    return times;
  }

  /** Closes what was not handed out. Idempotent. */
  @Override
  public void close() {
    try (Resources left = new Resources()) {
      ways.forEach(way -> left.own(way, Way::close));
      ways.clear();
    }
  }
}

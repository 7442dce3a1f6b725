// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.process.Busy;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Samples;
import io.convoy.benchmarks.report.Unit;
import io.convoy.contest.Net;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Convoy and its peers on the same nets, taking turns, each turn a process of its own. A sample is
 * the median of one process.
 */
final class ContestCases {
  private static final String DEVICE = "cpu"; // all peers are measured on the CPU
  private static final List<String> PHASES = List.of("train", "infer");
  private static final int[] BATCHES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

  /** How many times as fast as the fastest peer Convoy wants to be: training, inference. */
  private static final Map<Net, double[]> AIMS =
      Map.of(
          Net.WORKSHOP, new double[] {1.6, 1.7},
          Net.LENET5, new double[] {2, 2},
          Net.MLP, new double[] {1.5, 1.5},
          Net.RESNET18, new double[] {1.15, 1.15});

  private final Lab lab;
  private final Problems problems;

  /** What one entrant did in one phase: a sample a round. */
  private record Result(Entrant.Score last, List<Double> medians) {}

  ContestCases(Lab lab, Problems problems) {
    this.lab = lab;
    this.problems = problems;
  }

  List<Case> all() {
    boolean peers = lab.settings().peers();
    List<Case> cases = new ArrayList<>();
    for (Net net : Net.values()) {
      cases.add(new Case("contest/" + net.id(), peers, () -> contest(net)));
    }
    cases.add(new Case("contended/workshop", false, () -> contended(Net.WORKSHOP)));
    for (int threads = 1; threads <= lab.threads(); threads *= 2) {
      int count = threads;
      cases.add(new Case("scaling/batch/workshop", false, () -> batches(Net.WORKSHOP, count)));
    }
    return cases;
  }

  private List<Entrant> entrants() throws IOException {
    List<Entrant> entrants = new ArrayList<>();
    entrants.add(Entrant.convoy(lab, DEVICE, lab.threads()));
    if (lab.settings().peers()) {
      entrants.addAll(Entrant.peers(lab));
    }
    return entrants;
  }

  private List<Row> contest(Net net) throws IOException {
    Map<String, Result> results = rounds(net);
    List<Row> rows = new ArrayList<>();
    results.forEach((key, result) -> rows.add(row("contest", result, Map.of())));
    for (int i = 0; i < PHASES.size(); i++) {
      rows.addAll(ratio(net, PHASES.get(i), AIMS.get(net)[i], rows));
    }
    return rows;
  }

  /** Every entrant once a round; who begins changes, so that nobody always follows the same one. */
  private Map<String, Result> rounds(Net net) throws IOException {
    List<Entrant> entrants = entrants();
    Map<String, Result> results = new LinkedHashMap<>();
    for (int round = 0; round < lab.settings().rounds(); round++) {
      for (int turn = 0; turn < entrants.size(); turn++) {
        Entrant entrant = entrants.get((turn + round) % entrants.size());
        for (Entrant.Score score : run(entrant, net)) {
          results
              .computeIfAbsent(
                  score.framework() + " " + score.phase(),
                  k -> new Result(score, new ArrayList<>()))
              .medians()
              .add(Samples.median(score.imagesPerSecond()));
        }
      }
    }
    return results;
  }

  /** A peer that fails is a problem of its own; the others go on. */
  private List<Entrant.Score> run(Entrant entrant, Net net) {
    try {
      List<Entrant.Score> scores =
          entrant.run(net, List.of(net.batch()), PHASES, lab.threads(), lab.settings().seconds());
      System.out.println("  " + scores.get(0).learned());
      return scores;
    } catch (IOException e) {
      problems.add(entrant.name() + " on " + net.id(), e);
      return List.of();
    }
  }

  private Row row(String id, Result result, Map<String, String> more) {
    Entrant.Score score = result.last();
    Map<String, String> parameters = new LinkedHashMap<>(more);
    parameters.put("batch", "" + score.batch());
    return Row.of(
        id + "/" + score.net() + "/" + score.phase(),
        score.framework(),
        score.versions(),
        parameters,
        score.threads(),
        Unit.IMAGES_PER_SECOND,
        result.medians().stream().mapToDouble(Double::doubleValue).toArray(),
        lab.origin());
  }

  /** Convoy against the fastest peer, round by round: the machine's drift is in both. */
  private List<Row> ratio(Net net, String phase, double aim, List<Row> rows) {
    String id = "contest/" + net.id() + "/" + phase;
    Row convoy = null;
    Row best = null;
    for (Row row : rows) {
      if (row.id().equals(id) && row.subject().equals("convoy")) {
        convoy = row;
      } else if (row.id().equals(id) && (best == null || row.median() > best.median())) {
        best = row;
      }
    }
    if (convoy == null || best == null || convoy.samples().length != best.samples().length) {
      return List.of();
    }
    double[] ratios = new double[convoy.samples().length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = convoy.samples()[i] / best.samples()[i];
    }
    Map<String, String> parameters = Map.of("against", best.subject(), "aim", "" + aim);
    return List.of(
        Row.of(
            "ratio/" + net.id() + "/" + phase,
            "convoy",
            convoy.library(),
            parameters,
            lab.threads(),
            Unit.TIMES,
            ratios,
            lab.origin()));
  }

  /** Each entrant with the machine to itself, and with one core taken by somebody else. */
  private List<Row> contended(Net net) throws IOException {
    List<Row> rows = new ArrayList<>();
    rounds(net).values().forEach(r -> rows.add(row("contended", r, Map.of("busy cores", "0"))));
    Process busy = Jvm.like(List.of(), Map.of(), lab.log("busy")).start(Busy.class.getName());
    try {
      rounds(net).values().forEach(r -> rows.add(row("contended", r, Map.of("busy cores", "1"))));
    } finally {
      busy.destroy();
    }
    return rows;
  }

  private List<Row> batches(Net net, int threads) throws IOException {
    List<Row> rows = new ArrayList<>();
    List<Integer> sizes = Arrays.stream(BATCHES).boxed().toList();
    Entrant convoy = Entrant.convoy(lab, DEVICE, threads);
    double seconds = lab.settings().seconds() / 4; // of 11 batch sizes each
    for (Entrant.Score score : convoy.run(net, sizes, PHASES, threads, seconds)) {
      rows.add(
          Row.of(
              "scaling/batch/" + net.id() + "/" + score.phase(),
              score.framework(),
              score.versions(),
              Map.of("batch", "" + score.batch()),
              threads,
              Unit.IMAGES_PER_SECOND,
              score.imagesPerSecond(),
              lab.origin()));
    }
    return rows;
  }
}

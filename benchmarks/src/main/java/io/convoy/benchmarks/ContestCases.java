// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.process.Busy;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.contest.Contest;
import io.convoy.contest.Net;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
  private final Turns turns;

  ContestCases(Lab lab, Problems problems) {
    this.lab = lab;
    this.turns = new Turns(lab, problems);
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
    List<Row> rows = new ArrayList<>(rows("contest", net, Map.of()));
    for (int i = 0; i < PHASES.size(); i++) {
      String id = "contest/" + net.id() + "/" + PHASES.get(i);
      rows.addAll(turns.ratio(id, AIMS.get(net)[i], rows));
    }
    return rows;
  }

  private List<Row> rows(String kind, Net net, Map<String, String> parameters) throws IOException {
    List<String> args = args(net, List.of(net.batch()), lab.threads(), lab.settings().seconds());
    List<Row> rows = new ArrayList<>();
    for (Turns.Result result : turns.run(entrants(), args)) {
      rows.add(turns.row(kind + "/" + net.id(), result, parameters));
    }
    return rows;
  }

  /** What every contestant is told, see {@link Contest#run}. */
  private static List<String> args(Net net, List<Integer> batches, int threads, double seconds) {
    return List.of(
        "net=" + net.id(),
        "batches=" + batches.stream().map(String::valueOf).collect(Collectors.joining(",")),
        "phases=" + String.join(",", PHASES),
        "threads=" + threads,
        "seconds=" + seconds);
  }

  /** Each entrant with the machine to itself, and with one core taken by somebody else. */
  private List<Row> contended(Net net) throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.addAll(rows("contended", net, Map.of("busy cores", "0")));
    Process busy = Jvm.like(Busy.class, List.of(), Map.of(), lab.log("busy")).start();
    try {
      rows.addAll(rows("contended", net, Map.of("busy cores", "1")));
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
    for (Entrant.Score score : convoy.run(args(net, sizes, threads, seconds))) {
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

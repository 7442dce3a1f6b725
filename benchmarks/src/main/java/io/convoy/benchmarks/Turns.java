// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Samples;
import io.convoy.benchmarks.report.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entrants taking turns, each turn a process of its own. A sample is the median of one process. */
final class Turns {
  private final Lab lab;
  private final Problems problems;

  /** What one entrant did in one phase: a sample a round. */
  record Result(Entrant.Score last, List<Double> medians) {}

  Turns(Lab lab, Problems problems) {
    this.lab = lab;
    this.problems = problems;
  }

  /** Every entrant once a round; who begins changes, so that nobody always follows the same one. */
  List<Result> run(List<Entrant> entrants, List<String> args) {
    Map<String, Result> results = new LinkedHashMap<>();
    for (int round = 0; round < lab.settings().rounds(); round++) {
      for (int turn = 0; turn < entrants.size(); turn++) {
        Entrant entrant = entrants.get((turn + round) % entrants.size());
        for (Entrant.Score score : run(entrant, args)) {
          results
              .computeIfAbsent(
                  score.framework() + " " + score.phase(),
                  k -> new Result(score, new ArrayList<>()))
              .medians()
              .add(Samples.median(score.imagesPerSecond()));
        }
      }
    }
    return List.copyOf(results.values());
  }

  /** A peer that fails is a problem of its own; the others go on. */
  private List<Entrant.Score> run(Entrant entrant, List<String> args) {
    try {
      List<Entrant.Score> scores = entrant.run(args);
      System.out.println("  " + scores.get(0).learned());
      return scores;
    } catch (IOException e) {
      problems.add(entrant.name() + " on " + args.get(0), e);
      return List.of();
    }
  }

  /** A row of the phase that a result is of. */
  Row row(String id, Result result, Map<String, String> more) {
    Entrant.Score score = result.last();
    Map<String, String> parameters = new LinkedHashMap<>(more);
    parameters.put("batch", "" + score.batch());
    return Row.of(
        id + "/" + score.phase(),
        score.framework(),
        score.versions(),
        parameters,
        score.threads(),
        Unit.IMAGES_PER_SECOND,
        result.medians().stream().mapToDouble(Double::doubleValue).toArray(),
        lab.origin());
  }

  /**
   * Convoy against the fastest peer, round by round: the machine's drift is in both.
   *
   * @param id what was measured, such as {@code contest/mlp/train}; empty if only one of both was
   */
  List<Row> ratio(String id, double aim, List<Row> rows) {
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
    return List.of(
        Row.of(
            "ratio" + id.substring(id.indexOf('/')),
            "convoy",
            convoy.library(),
            Map.of("against", best.subject(), "aim", "" + aim),
            convoy.threads(),
            Unit.TIMES,
            ratios,
            lab.origin()));
  }
}

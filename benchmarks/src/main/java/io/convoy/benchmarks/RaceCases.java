// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.process.Racer;
import io.convoy.benchmarks.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Convoy and PyTorch on a GPU, both at their best: whole epochs over a data set that lies on the
 * device, through {@code fit} and {@code evaluate} as a user calls them.
 */
final class RaceCases {
  private static final String KIND = "cuda";

  private final Lab lab;
  private final Turns turns;

  RaceCases(Lab lab, Problems problems) {
    this.lab = lab;
    this.turns = new Turns(lab, problems);
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      if (device.startsWith(KIND)) {
        for (Race race : Race.ALL) {
          cases.add(new Case("race/" + race.id(), lab.settings().peers(), () -> run(device, race)));
        }
      }
    }
    return cases;
  }

  private List<Row> run(String device, Race race) {
    List<Entrant> entrants = new ArrayList<>();
    Child convoy = Jvm.like(Racer.class, List.of(), Map.of(), lab.log("convoy-" + race.id()));
    entrants.add(new Entrant("convoy", convoy.within(lab.settings().patience())));
    if (lab.settings().peers()) {
      entrants.addAll(Entrant.pytorch(lab, "race.py"));
    }
    List<String> args = race.args(device, lab.settings().seconds());
    List<Row> rows = new ArrayList<>();
    for (Turns.Result result : turns.run(entrants, args)) {
      Row row = turns.row("race/" + race.id(), result, Map.of("precision", race.precision()));
      rows.add(row);
      if (result.last().profile() != null) {
        rows.addAll(new RaceCosts(race, result.last(), row.median(), lab.origin()).rows());
      }
    }
    for (String phase : List.of("train", "infer")) {
      rows.addAll(turns.ratio("race/" + race.id() + "/" + phase, race.aim(), rows));
    }
    return rows;
  }
}

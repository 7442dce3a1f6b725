// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.process.FirstStep;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.contest.Net;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From the start of a JVM to the first finished training step, and heap bytes a step after it. */
final class StartCases {
  private static final int RUNS = 5;

  private final Lab lab;

  StartCases(Lab lab) {
    this.lab = lab;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      for (Net net : Net.values()) {
        cases.add(new Case("start/" + net.id(), true, () -> start(device, net)));
      }
      cases.add(new Case("start-cold/workshop", true, () -> cold(device, Net.WORKSHOP)));
    }
    return cases;
  }

  private List<Row> start(String device, Net net) throws IOException {
    double[] milliseconds = new double[RUNS];
    double bytes = Double.NaN;
    for (int run = 0; run < RUNS; run++) {
      boolean last = run == RUNS - 1;
      for (Child.Line line : run(device, net, List.of(), last)) {
        if (line.text().equals(FirstStep.DONE)) {
          milliseconds[run] = line.milliseconds();
        } else if (line.text().startsWith(FirstStep.BYTES)) {
          bytes = Double.parseDouble(line.text().substring(FirstStep.BYTES.length()));
        }
      }
    }
    Map<String, String> parameters = Map.of("batch", "" + net.batch());
    return List.of(
        lab.row("start/" + net.id(), device, parameters, Unit.MILLISECONDS, milliseconds),
        lab.row("heap/" + net.id() + "/train", device, Map.of(), Unit.BYTES, bytes));
  }

  /** With a cache of natives that is empty at first. */
  private List<Row> cold(String device, Net net) throws IOException {
    double[] milliseconds = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      Path cache = Files.createTempDirectory("convoy-cold");
      try {
        List<String> options = List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache);
        milliseconds[run] = run(device, net, options, false).get(0).milliseconds();
      } finally {
        delete(cache);
      }
    }
    Map<String, String> parameters = Map.of("batch", "" + net.batch());
    return List.of(
        lab.row("start-cold/" + net.id(), device, parameters, Unit.MILLISECONDS, milliseconds));
  }

  private List<Child.Line> run(String device, Net net, List<String> options, boolean heap)
      throws IOException {
    return Jvm.like(FirstStep.class, options, Map.of(), lab.log("start-" + net.id()))
        .run(net.id(), device, Boolean.toString(heap));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

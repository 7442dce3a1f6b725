// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.backend.Devices;
import io.convoy.backend.StepTime;
import io.convoy.benchmarks.micro.BandwidthScenes;
import io.convoy.benchmarks.micro.OpScene;
import io.convoy.benchmarks.micro.SceneGraph;
import io.convoy.benchmarks.report.Ceiling;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.graph.Value;
import io.convoy.nn.Nn;
import io.convoy.session.Session;
import io.convoy.session.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much of a copy's bandwidth the ops reach that are bound by memory, from 1 KiB to 1 GiB. Time
 * is the device's own, of the plan's steps alone; of the small sizes it tells what a launch costs.
 */
final class BandwidthCases {
  private static final int WARM_UP = 5;
  private static final int SAMPLES = 20;

  private final Lab lab;

  BandwidthCases(Lab lab) {
    this.lab = lab;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      for (long bytes : BandwidthScenes.SIZES) {
        cases.add(new Case("bandwidth/" + bytes, false, () -> measure(device, bytes)));
      }
    }
    return cases;
  }

  /** The copy first: it is the ceiling of the others. */
  private List<Row> measure(String device, long bytes) {
    List<Row> rows = new ArrayList<>();
    for (OpScene scene : BandwidthScenes.of(bytes)) {
      Row row =
          lab.row(
              "bandwidth/" + scene.name(),
              device,
              Map.of("bytes", "" + bytes),
              Unit.GB_PER_SECOND,
              rates(device, scene));
      rows.add(rows.isEmpty() ? row : row.under(Ceiling.COPY, row.median() / rows.get(0).median()));
    }
    return rows;
  }

  private static double[] rates(String device, OpScene scene) {
    SceneGraph graph = new SceneGraph(scene.batch());
    List<Value> made = scene.builder().apply(graph).stream().map(OpScene.Made::value).toList();
    try (Session session = new Session(graph.graph(), Devices.open(device).backend())) {
      graph.load(session);
      Step step = session.prepare(List.of(Nn.group(made)), Map.of());
      graph.feed(step);
      for (int i = 0; i < WARM_UP; i++) {
        step.run();
      }
      double[] rates = new double[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        double nanos = step.profile().stream().mapToLong(StepTime::nanos).sum();
        rates[i] = scene.work() / nanos; // bytes a nanosecond are GB/s
      }
      return rates;
    }
  }
}

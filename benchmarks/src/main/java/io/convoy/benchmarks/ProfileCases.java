// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.backend.StepTime;
import io.convoy.benchmarks.micro.NetModel;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.contest.Net;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.session.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Where the time of a training step goes: a row for each step of the plan, the longest first. */
final class ProfileCases {
  private static final int SAMPLES = 200;

  private final Lab lab;

  ProfileCases(Lab lab) {
    this.lab = lab;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      for (Net net : Net.values()) {
        cases.add(new Case("profile/" + net.id(), false, () -> profile(device, net)));
      }
    }
    return cases;
  }

  private List<Row> profile(String device, Net net) {
    try (Model model = NetModel.compile(net, CompileOptions.defaults().device(device))) {
      return rows(device, net, model.trainingStep(net.batch()));
    }
  }

  private List<Row> rows(String device, Net net, Step step) {
    int samples = net == Net.RESNET18 ? SAMPLES / 20 : SAMPLES; // a step takes a second
    for (int i = 0; i < samples / 2; i++) {
      step.run();
    }
    int count = step.profile().size();
    String[] names = new String[count];
    double[][] times = new double[count + 1][samples]; // the last: all together
    for (int s = 0; s < samples; s++) {
      List<StepTime> profile = step.profile();
      for (int i = 0; i < count; i++) {
        names[i] = profile.get(i).step();
        times[i][s] = profile.get(i).nanos() / 1e6;
        times[count][s] += times[i][s];
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(net, device, i + " " + names[i], times[i]));
    }
    rows.sort(Comparator.comparingDouble(Row::median).reversed());
    rows.add(row(net, device, "all steps", times[count]));
    return rows;
  }

  private Row row(Net net, String device, String step, double[] samples) {
    Map<String, String> parameters = Map.of("batch", "" + net.batch(), "step", step);
    return lab.row("profile/" + net.id(), device, parameters, Unit.MILLISECONDS, samples);
  }
}

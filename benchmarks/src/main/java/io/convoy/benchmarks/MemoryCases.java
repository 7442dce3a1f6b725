// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.micro.NetModel;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.compile.Lifetimes;
import io.convoy.compile.Program;
import io.convoy.compile.Slot;
import io.convoy.contest.Net;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.session.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The arena of a training step beside the tensors of its program: all together, and the most that
 * live at one moment. A backend that works in place or joins ops further may stay below the latter;
 * one that keeps scratch memory in the arena may need more.
 */
final class MemoryCases {
  private final Lab lab;

  MemoryCases(Lab lab) {
    this.lab = lab;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      for (Net net : Net.values()) {
        cases.add(new Case("memory/" + net.id(), true, () -> memory(device, net)));
      }
    }
    return cases;
  }

  private List<Row> memory(String device, Net net) {
    try (Model model = NetModel.compile(net, CompileOptions.defaults().device(device))) {
      Step step = model.trainingStep(net.batch());
      return List.of(
          row(net, device, "planned", step.plannedBytes()),
          row(net, device, "all tensors", sum(step.program())),
          row(net, device, "live at once", liveAtOnce(step.program())));
    }
  }

  private Row row(Net net, String device, String what, double bytes) {
    Map<String, String> parameters = Map.of("batch", "" + net.batch(), "of", what);
    return lab.row("memory/" + net.id() + "/train", device, parameters, Unit.BYTES, bytes);
  }

  private static double sum(Program program) {
    Lifetimes lifetimes = Lifetimes.of(program);
    return program.slots().stream()
        .filter(slot -> lifetimes.first()[slot.id()] >= 0)
        .mapToDouble(slot -> slot.spec().bytes())
        .sum();
  }

  private static double liveAtOnce(Program program) {
    Lifetimes lifetimes = Lifetimes.of(program);
    double most = 0;
    for (int at = 0; at < program.instructions().size(); at++) {
      double live = 0;
      for (Slot slot : program.slots()) {
        int first = lifetimes.first()[slot.id()];
        if (first >= 0 && first <= at && at <= lifetimes.last()[slot.id()]) {
          live += slot.spec().bytes();
        }
      }
      most = Math.max(most, live);
    }
    return most;
  }
}

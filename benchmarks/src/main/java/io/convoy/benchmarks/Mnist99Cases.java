// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import com.google.gson.Gson;
import io.convoy.benchmarks.process.Mnist99;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Unit;
import io.convoy.contest.Contest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long training takes until 99 % of MNIST's test images are told apart, evaluation included.
 * The record is 0.76 s on a GTX 1660 Ti, for a mean of 99.04 %
 * (github.com/tuomaso/train_mnist_fast).
 */
final class Mnist99Cases {
  /** In percent, of each run. */
  private static final double AIM = 99;

  /** What both sides are told, beside device and precision. */
  static final Map<String, String> RECIPE =
      Map.of(
          "net", "digits",
          "parameters", "71466",
          "batch", "500",
          "epochs", "1",
          "rate", "0.02",
          "rise", "0.2",
          "evaluated", "2500",
          "seeds", "1,2,3,4,5");

  private final Lab lab;
  private final Problems problems;

  /** What one side came to, a number a seed. */
  private record Score(
      String framework, String versions, double[] milliseconds, double[] accuracies) {
    String told() {
      return Arrays.stream(accuracies)
          .mapToObj(percent -> String.format(Locale.ROOT, "%.2f", percent))
          .collect(Collectors.joining(", ", framework + ": ", " %"));
    }
  }

  Mnist99Cases(Lab lab, Problems problems) {
    this.lab = lab;
    this.problems = problems;
  }

  List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String device : lab.devices()) {
      List<String> precisions =
          device.startsWith("cuda") ? List.of("fp32", "bf16") : List.of("fp32");
      for (String precision : precisions) {
        cases.add(new Case("race/mnist99-" + precision, false, () -> run(device, precision)));
      }
    }
    return cases;
  }

  private List<Row> run(String device, String precision) {
    List<String> args = new ArrayList<>(List.of("device=" + device, "precision=" + precision));
    RECIPE.forEach((name, value) -> args.add(name + "=" + value));
    List<Entrant> entrants = new ArrayList<>();
    Child convoy =
        Jvm.like(Mnist99.class, List.of(), Map.of(), lab.log("convoy-mnist99-" + precision));
    entrants.add(new Entrant("convoy", convoy.within(lab.settings().patience())));
    if (lab.settings().peers()) {
      entrants.addAll(Entrant.pytorch(lab, "mnist99.py"));
    }
    List<Row> rows = new ArrayList<>();
    for (Entrant entrant : entrants) {
      try {
        rows.addAll(rows(precision, score(entrant.child(), args)));
      } catch (IOException e) {
        problems.add(entrant.name() + " on mnist99", e);
      }
    }
    return rows;
  }

  private Score score(Child child, List<String> args) throws IOException {
    for (Child.Line line : child.run(args.toArray(String[]::new))) {
      if (line.text().startsWith(Contest.MARK)) {
        Score score =
            new Gson().fromJson(line.text().substring(Contest.MARK.length()), Score.class);
        System.out.println("  " + score.told());
        if (Arrays.stream(score.accuracies()).min().orElse(0) < AIM) {
          problems.add("mnist99 misses " + AIM + " %, " + score.told());
        }
        return score;
      }
    }
    throw new IOException("it printed no line; " + child.log() + " tells why");
  }

  private List<Row> rows(String precision, Score score) {
    return List.of(
        row("", precision, score, Unit.MILLISECONDS, score.milliseconds()),
        row("/accuracy", precision, score, Unit.PERCENT, score.accuracies()));
  }

  private Row row(String what, String precision, Score score, Unit unit, double[] samples) {
    return Row.of(
        "race/mnist99-" + precision + what,
        score.framework(),
        score.versions(),
        Map.of("batch", RECIPE.get("batch"), "epochs", RECIPE.get("epochs")),
        lab.threads(),
        unit,
        samples,
        lab.origin());
  }
}

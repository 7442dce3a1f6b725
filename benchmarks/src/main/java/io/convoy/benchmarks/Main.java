// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import io.convoy.benchmarks.report.Comparison;
import io.convoy.benchmarks.report.History;
import io.convoy.benchmarks.report.Machine;
import io.convoy.benchmarks.report.Origin;
import io.convoy.benchmarks.report.Plot;
import io.convoy.benchmarks.report.Results;
import io.convoy.benchmarks.report.Row;
import io.convoy.benchmarks.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Measures, writes, compares, accepts. */
public final class Main {
  private final Settings settings;
  private final History history;
  private final Lab lab;
  private final Problems problems = new Problems();
  private final List<Row> rows = new ArrayList<>();

  private Main(Settings settings) throws IOException {
    this.settings = settings;
    Machine machine = Machine.here();
    Git git = Git.in(settings.home());
    this.history = new History(settings.results().resolve(machine.name()));
    this.lab =
        new Lab(
            settings,
            new Origin(
                git.commit(),
                git.dirty(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                machine.name(),
                machine.processor(),
                Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Runs.
   *
   * @param args see {@link Settings#parse}
   * @throws IOException if results can't be written
   */
  public static void main(String[] args) throws IOException {
    Main main = new Main(Settings.parse(args));
    main.measure();
    main.report();
    System.exit(main.problems.all().isEmpty() ? 0 : 1);
  }

  private void measure() {
    List<Case> wanted = new ArrayList<>();
    List<Case> all = new ArrayList<>();
    all.addAll(new MicroCases(lab).all());
    all.addAll(new StartCases(lab).all());
    all.addAll(new MemoryCases(lab).all());
    all.addAll(new ProfileCases(lab).all());
    all.addAll(new BandwidthCases(lab).all());
    all.addAll(new ContestCases(lab, problems).all());
    all.addAll(new RaceCases(lab, problems).all());
    all.addAll(new Mnist99Cases(lab, problems).all());
    all.addAll(new AccuracyCases(lab, problems).all());
    for (Case one : all) {
      if (settings.wants(one.name(), one.byDefault())) {
        wanted.add(one);
      }
    }
    if (wanted.isEmpty()) {
      problems.add(
          "no benchmark is named like '"
              + settings.bench()
              + "'; there are "
              + all.stream().map(Case::name).distinct().toList());
    }
    for (int i = 0; i < wanted.size(); i++) {
      measure(wanted.get(i), (i + 1) + "/" + wanted.size());
    }
  }

  private void measure(Case one, String progress) {
    try {
      List<Row> made = one.measurement().run();
      rows.addAll(made);
      for (String line : Table.of(made).text().lines().skip(1).toList()) {
        System.out.println("[" + progress + "] " + line);
      }
    } catch (Exception e) {
      problems.add(one.name(), e);
    }
  }

  private void report() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    Table table = Table.of(rows);
    StringBuilder markdown = new StringBuilder(heading()).append(table.markdown());
    System.out.println("\n" + heading() + table.text());
    if (settings.compare()) {
      compare(markdown);
    }
    Results.write(settings.results().resolve("latest.json"), rows);
    Files.writeString(settings.results().resolve("latest.md"), markdown);
    plot(settings.results(), "latest-");
    if (settings.accept()) {
      System.out.println("accepted: " + history.accept(rows));
      plot(history.folder(), "");
      Plot.overCommits(
          history.folder().resolve("throughput.svg"),
          history.runs(),
          row ->
              row.id().startsWith("net/")
                  || row.id().startsWith("contest/") && row.subject().equals("convoy"));
    }
    problems.all().forEach(problem -> System.out.println("problem: " + problem));
  }

  private String heading() {
    Origin o = lab.origin();
    return String.join(
            ", ",
            "Convoy " + o.commit() + (o.dirty() ? " with changes" : ""),
            o.time(),
            o.machine() + " (" + o.processor() + ", " + o.cores() + " cores)",
            o.jdk(),
            String.join("; ", lab.devices().stream().map(lab::description).toList()))
        + "\n\n";
  }

  private void compare(StringBuilder markdown) throws IOException {
    List<Comparison> pairs = Comparison.of(history.lastAccepted(), rows);
    if (pairs.isEmpty()) {
      problems.add(
          "nothing to compare with in " + history.folder() + "; accept a run with -Daccept");
      return;
    }
    Table table = Table.ofComparisons(pairs);
    System.out.println(table.text());
    markdown.append("\nAgainst the last accepted rows:\n\n").append(table.markdown());
    for (Comparison pair : pairs) {
      if (pair.verdict() == Comparison.Verdict.WORSE) {
        problems.add(pair.now().key() + " is worse than accepted by more than noise");
      }
    }
  }

  private void plot(Path folder, String prefix) throws IOException {
    Plot.against(folder.resolve(prefix + "batch.svg"), rows, "scaling/batch/", "batch");
    Plot.against(folder.resolve(prefix + "depth.svg"), rows, "scaling/depth/", "depth");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import static io.convoy.benchmarks.report.Rows.ORIGIN;
import static io.convoy.benchmarks.report.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plots are SVG, and there is none without data. */
class PlotTest {
  @TempDir private Path folder;

  private static Row scaled(int batch, int threads, double value) {
    return Row.of(
        "scaling/batch/workshop/train",
        "convoy",
        "x",
        Map.of("batch", "" + batch),
        threads,
        Unit.IMAGES_PER_SECOND,
        new double[] {value},
        ORIGIN);
  }

  @Test
  void throughputAgainstBatchHasALineForEachNumberOfThreads() throws IOException {
    List<Row> rows = List.of(scaled(128, 1, 90), scaled(1, 1, 10), scaled(1, 2, 15));
    assertEquals(
        Map.of(
            "workshop/train, threads: 1", Map.of(1.0, 10.0, 128.0, 90.0),
            "workshop/train, threads: 2", Map.of(1.0, 15.0)),
        Plot.lines(rows, "scaling/batch/", "batch"));
    Path file = folder.resolve("new").resolve("batch.svg");
    assertTrue(Plot.against(file, rows, "scaling/batch/", "batch"));
    assertTrue(Files.readString(file).contains("<svg"));
  }

  /** Many runs of few commits once made the library look for ticks of the axis for ever. */
  @Test
  void throughputOverCommitsHasAPointForEachCommit() throws IOException {
    Row first = row("net/mlp/train", Unit.IMAGES_PER_SECOND, 100);
    Row again = row("net/mlp/train", Unit.IMAGES_PER_SECOND, 200);
    Row later = at("fedcba9876", row("net/mlp/infer", Unit.IMAGES_PER_SECOND, 300));
    List<List<Row>> runs =
        List.of(List.of(first), List.of(again), List.of(again), List.of(later), List.of(later));
    Map<String, Map<String, Double>> lines = Plot.overCommits(runs, r -> true);
    assertEquals("{abc123d=200.0, fedcba9=null}", lines.get("net/mlp/train cpu").toString());
    assertEquals("{abc123d=null, fedcba9=300.0}", lines.get("net/mlp/infer cpu").toString());
    Path file = folder.resolve("throughput.svg");
    assertTrue(Plot.overCommits(file, runs, r -> true));
    assertTrue(Files.readString(file).contains("<svg"));
  }

  private static Row at(String commit, Row row) {
    Origin o = row.origin();
    Origin moved =
        new Origin(commit, o.dirty(), o.time(), o.jdk(), o.machine(), o.processor(), o.cores());
    return Row.of(
        row.id(),
        row.subject(),
        row.library(),
        row.parameters(),
        row.threads(),
        row.unit(),
        new double[] {row.median()},
        moved);
  }

  @Test
  void nothingIsDrawnFromNothing() throws IOException {
    Path file = folder.resolve("none.svg");
    assertFalse(Plot.against(file, List.of(), "scaling/batch/", "batch"));
    assertFalse(Files.exists(file));
  }

  /** On a GPU machine the JVM may lack java.desktop, and nothing is drawn there. */
  @Test
  void nothingNeedsNoDesktop() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=java.base",
                "-cp",
                System.getProperty("java.class.path"),
                Nothing.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertEquals(0, process.waitFor());
  }

  /** What {@link #nothingNeedsNoDesktop} runs. */
  static final class Nothing {
    public static void main(String[] args) throws IOException {
      Plot.against(Path.of(args[0], "none.svg"), List.of(), "scaling/batch/", "batch");
      Plot.overCommits(Path.of(args[0], "none.svg"), List.of(), row -> true);
    }
  }
}

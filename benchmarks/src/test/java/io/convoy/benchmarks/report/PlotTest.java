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

  @Test
  void throughputOverCommitsIsDrawn() throws IOException {
    Path file = folder.resolve("throughput.svg");
    List<List<Row>> runs =
        List.of(
            List.of(row("net/mlp/train", Unit.IMAGES_PER_SECOND, 100)),
            List.of(row("net/mlp/train", Unit.IMAGES_PER_SECOND, 200)));
    assertTrue(Plot.overCommits(file, runs, r -> true));
    assertTrue(Files.readString(file).contains("<svg"));
  }

  @Test
  void onlyWholeStepsOfTheAxisNameACommit() {
    assertEquals("b", Plot.label(List.of("a", "b")).apply(1.0));
    assertEquals("", Plot.label(List.of("a", "b")).apply(0.5));
    assertEquals("", Plot.label(List.of("a", "b")).apply(2.0));
  }

  @Test
  void nothingIsDrawnFromNothing() throws IOException {
    Path file = folder.resolve("none.svg");
    assertFalse(Plot.against(file, List.of(), "scaling/batch/", "batch"));
    assertFalse(Files.exists(file));
  }
}

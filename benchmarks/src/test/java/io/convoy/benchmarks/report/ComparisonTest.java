// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import static io.convoy.benchmarks.report.Comparison.Verdict.BETTER;
import static io.convoy.benchmarks.report.Comparison.Verdict.NOISY;
import static io.convoy.benchmarks.report.Comparison.Verdict.SAME;
import static io.convoy.benchmarks.report.Comparison.Verdict.WORSE;
import static io.convoy.benchmarks.report.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as a change and what as noise. */
class ComparisonTest {
  private static Comparison images(double before, double now) {
    return new Comparison(
        row("a", Unit.IMAGES_PER_SECOND, before), row("a", Unit.IMAGES_PER_SECOND, now));
  }

  @Test
  void fivePercentAreNoise() {
    assertEquals(SAME, images(1000, 953).verdict());
    assertEquals(WORSE, images(1000, 950).verdict()); // 1 / 1.05 is 0.952
    assertEquals(SAME, images(1000, 1049).verdict());
    assertEquals(BETTER, images(1000, 1051).verdict());
  }

  @Test
  void theBandGrowsWithTheSpreadOfBoth() {
    Row before = row("a", Unit.IMAGES_PER_SECOND, 90, 95, 100, 105, 110);
    Row now = row("a", Unit.IMAGES_PER_SECOND, 80, 80, 80, 80, 80);
    Comparison pair = new Comparison(before, now);
    assertEquals(3 * 1.4826 * 0.05, pair.band(), 1e-12);
    assertEquals(0.8, pair.ratio(), 1e-12);
    assertEquals(WORSE, pair.verdict()); // 1 / 1.22 is 0.818
    assertEquals(SAME, new Comparison(before, row("a", Unit.IMAGES_PER_SECOND, 83)).verdict());
  }

  @Test
  void whatScattersTooMuchIsNotJudged() {
    Row before = row("a", Unit.IMAGES_PER_SECOND, 80, 90, 100, 110, 120);
    assertEquals(NOISY, new Comparison(before, row("a", Unit.IMAGES_PER_SECOND, 1)).verdict());
  }

  @Test
  void lessIsBetterForTimeAndMemory() {
    assertEquals(
        WORSE,
        new Comparison(row("a", Unit.MILLISECONDS, 100), row("a", Unit.MILLISECONDS, 110))
            .verdict());
    assertEquals(
        BETTER,
        new Comparison(row("a", Unit.MILLISECONDS, 110), row("a", Unit.MILLISECONDS, 100))
            .verdict());
  }

  @Test
  void theFirstByteOnTheHeapIsWorse() {
    assertEquals(
        WORSE, new Comparison(row("a", Unit.BYTES, 0), row("a", Unit.BYTES, 16)).verdict());
    assertEquals(SAME, new Comparison(row("a", Unit.BYTES, 0), row("a", Unit.BYTES, 0)).verdict());
  }

  @Test
  void aMachineThatDriftsIsNoChange() {
    Row before = row("a", Unit.IMAGES_PER_SECOND, 1000).under(Ceiling.GEMM, 0.50);
    Row slowMachine = row("a", Unit.IMAGES_PER_SECOND, 700).under(Ceiling.GEMM, 0.50);
    Row slowCode = row("a", Unit.IMAGES_PER_SECOND, 700).under(Ceiling.GEMM, 0.35);
    Row fastMachine = row("a", Unit.IMAGES_PER_SECOND, 1400).under(Ceiling.GEMM, 0.50);
    assertEquals(SAME, new Comparison(before, slowMachine).verdict());
    assertEquals(WORSE, new Comparison(before, slowCode).verdict());
    assertEquals(SAME, new Comparison(before, fastMachine).verdict());
  }

  @Test
  void onlyTheSameMeasurementIsPaired() {
    Row accepted = row("a", Unit.IMAGES_PER_SECOND, 1000);
    Row other = row("b", Unit.IMAGES_PER_SECOND, 1);
    List<Comparison> pairs =
        Comparison.of(Map.of(accepted.key(), accepted), List.of(other, accepted));
    assertEquals(List.of(new Comparison(accepted, accepted)), pairs);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import static io.convoy.benchmarks.report.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables. */
class TableTest {
  private static final List<Row> ROWS =
      List.of(
          row("net/mlp/train", Unit.IMAGES_PER_SECOND, 43210.9).under(Ceiling.GEMM, 0.25),
          row("heap", Unit.BYTES, 0));

  @Test
  void consoleColumnsAreAligned() {
    assertEquals(
        """
        benchmark      by   with                  median  unit      spread  of ceiling
        net/mlp/train  cpu  batch 128, 2 threads  43,211  images/s   0.0 %  25.0 % gemm
        heap           cpu  batch 128, 2 threads       0  bytes      0.0 %
        """,
        Table.of(ROWS).text());
  }

  @Test
  void markdownAlignsNumbersToTheRight() {
    assertEquals(
        """
        | benchmark | by | with | median | unit | spread | of ceiling |
        |---|---|---|---:|---|---:|---|
        | net/mlp/train | cpu | batch 128, 2 threads | 43,211 | images/s | 0.0 % | 25.0 % gemm |
        | heap | cpu | batch 128, 2 threads | 0 | bytes | 0.0 % |  |
        """,
        Table.of(ROWS).markdown());
  }

  @Test
  void comparisonsShowBothAndTheVerdict() {
    Table table =
        Table.ofComparisons(
            List.of(new Comparison(row("a", Unit.BYTES, 100), row("a", Unit.BYTES, 200))));
    assertEquals(
        List.of(
            "a",
            "cpu",
            "batch 128, 2 threads",
            "100.0",
            "200.0",
            "bytes",
            "0.500",
            "5.0 %",
            "worse"),
        table.lines().get(0));
  }

  @Test
  void numbersHaveFourDigits() {
    assertEquals("1,234,568", Table.number(1234567.8));
    assertEquals("123.5", Table.number(123.456));
    assertEquals("1.235", Table.number(1.23456));
    assertEquals("0.001235", Table.number(0.00123456));
    assertEquals("0", Table.number(0));
  }
}

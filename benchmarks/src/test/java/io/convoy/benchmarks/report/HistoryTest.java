// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import static io.convoy.benchmarks.report.Rows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted comes back, the newest first in line. */
class HistoryTest {
  @TempDir private Path folder;

  private static Row at(String time, boolean dirty, double value) {
    Origin origin = new Origin("abc123", dirty, time, "JDK", "cpu-2c", "CPU", 2);
    return Row.of("a", "cpu", "x", Map.of(), 2, Unit.BYTES, new double[] {value}, origin);
  }

  @Test
  void rowsComeBackAtFullPrecision() throws IOException {
    Row row = row("a", Unit.GFLOP_PER_SECOND, 1.0 / 3, Math.PI, 1e-17).under(Ceiling.GEMM, 0.7);
    Row back = Results.read(new History(folder).accept(List.of(row))).get(0);
    assertArrayEquals(row.samples(), back.samples());
    assertEquals(row.key(), back.key());
    assertEquals(row.share(), back.share());
    assertEquals(row.origin(), back.origin());
  }

  @Test
  void filesSayTimeCommitAndChanges() throws IOException {
    Path clean = new History(folder).accept(List.of(at("2025-01-02T03:04:05Z", false, 1)));
    Path dirty = new History(folder).accept(List.of(at("2025-01-02T03:04:06Z", true, 1)));
    assertEquals("20250102T030405-abc123.json", clean.getFileName().toString());
    assertEquals("20250102T030406-abc123-dirty.json", dirty.getFileName().toString());
  }

  @Test
  void theLastAcceptedRowCounts() throws IOException {
    History history = new History(folder.resolve("new"));
    assertTrue(history.lastAccepted().isEmpty());
    history.accept(List.of(at("2025-01-03T00:00:00Z", false, 3)));
    history.accept(List.of(at("2025-01-02T00:00:00Z", false, 2)));
    assertEquals(2, history.runs().size());
    assertEquals(3, history.lastAccepted().values().iterator().next().median());
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.json"), "{\"no\": \"rows\"}");
    IOException e = assertThrows(IOException.class, () -> Results.read(file));
    assertTrue(e.getMessage().contains("x.json"), e.getMessage());
  }
}

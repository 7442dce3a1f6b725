// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
  @TempDir Path folder;

  @Test
  void theHeaderNamesTheColumns() throws IOException {
    CsvTable table = CsvTable.read(write(" a ;\"b;c\"\n1,5; 2 \n"), ';');
    assertEquals(List.of("a", "b;c"), table.columns());
    assertEquals(1, table.size());
    assertEquals("1,5", table.value(0, 0));
    assertEquals("2", table.value(0, 1));
  }

  @Test
  void refusesFilesThatAreNoTable() throws IOException {
    refuses("", "has no row below a header");
    refuses("a,b\n", "has no row below a header");
    refuses("a,b\n1,2\n3\n", "line 3, has 1 fields, the header 2. Is the separator another?");
    refuses("a,b\n1,2,3\n", "line 2, has 3 fields, the header 2");
    refuses(",b\n1,2\n", "column 1 has no name. Name it, or leave it out (of pandas' index");
    refuses("a,b, a\n1,2,3\n", "has two columns 'a'. Rename one");
    refuses("a,b\n1,\"2\n", "has a quote that is never closed");
  }

  @Test
  void refusesOtherEncodings() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "a\nGrün\n".getBytes(StandardCharsets.ISO_8859_1));
    DataException e = assertThrows(DataException.class, () -> CsvTable.read(file));
    assertEquals("file '" + file + "' is no text in UTF-8. Save it as such", e.getMessage());
  }

  @Test
  void refusesMissingFiles() {
    Path none = folder.resolve("none.csv");
    DataException e = assertThrows(DataException.class, () -> CsvTable.read(none));
    assertEquals("there is no file '" + none + "'. Check the path", e.getMessage());
    assertThrows(DataException.class, () -> CsvTable.read(folder));
  }

  @Test
  void splitsKeepTheSharesOfClassesThatAreSorted() throws IOException {
    StringBuilder text = new StringBuilder("id,c\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(',').append(i < 60 ? "a" : i < 90 ? "b" : "c").append('\n');
    }
    CsvTable table = CsvTable.read(write(text.toString()));
    List<CsvTable> parts = table.split("c", 0.2, 1);
    assertEquals(List.of(48, 24, 8), counts(parts.get(0)));
    assertEquals(List.of(12, 6, 2), counts(parts.get(1)));
    List<String> ids = new ArrayList<>(ids(parts.get(0)));
    ids.addAll(ids(parts.get(1)));
    assertEquals(100, new HashSet<>(ids).size());
    assertEquals(ids(parts.get(1)), ids(table.split("c", 0.2, 1).get(1)));
    assertNotEquals(ids(parts.get(1)), ids(table.split("c", 0.2, 2).get(1)));
    assertThrows(IllegalArgumentException.class, () -> table.split("c", 1, 1));
    assertThrows(DataException.class, () -> table.split("d", 0.2, 1));
  }

  private static List<Integer> counts(CsvTable table) throws DataException {
    List<String> values = column(table, 1);
    return List.of("a", "b", "c").stream().map(c -> Collections.frequency(values, c)).toList();
  }

  private static List<String> ids(CsvTable table) throws DataException {
    return column(table, 0);
  }

  private static List<String> column(CsvTable table, int column) throws DataException {
    List<String> values = new ArrayList<>();
    for (int row : IntStream.range(0, table.size()).toArray()) {
      values.add(table.value(row, column));
    }
    return values;
  }

  private void refuses(String text, String expected) throws IOException {
    Path file = write(text);
    DataException e = assertThrows(DataException.class, () -> CsvTable.read(file));
    assertTrue(e.getMessage().startsWith("file '" + file + "'"), e.getMessage());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }
}

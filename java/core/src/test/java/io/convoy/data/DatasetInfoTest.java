// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a model's file about its data. */
class DatasetInfoTest {
  private static final String TABLE =
      "kind,length,colour\n\"big, cat\",0.1,red\ndog,7e-3,blue\n\"big, cat\",3,grün\n";

  @TempDir Path folder;

  private static DatasetInfo again(DatasetInfo info) {
    return DatasetInfo.fromMetadata(info.toMetadata());
  }

  @Test
  void namesComeBack() {
    DatasetInfo info = new DatasetInfo(List.of("T-shirt/top", "\"ü\"", ""), Optional.empty());
    assertEquals(info, again(info));
    assertEquals(List.of("T-shirt/top", "\"ü\"", "", "3"), info.names(4));
    assertEquals(List.of("T-shirt/top"), info.names(1));
    assertEquals(List.of(), DatasetInfo.fromMetadata(Map.of("format", "pt")).classNames());
  }

  @Test
  void anEncodingComesBackBitForBit() throws IOException {
    CsvTable table = CsvTable.read(Files.writeString(folder.resolve("t.csv"), TABLE));
    CsvEncoding encoding = CsvEncoding.measure(table, "kind");
    DatasetInfo info = encoding.dataset(table).info();
    assertEquals(Optional.of(encoding), info.encoding());
    CsvEncoding read = again(info).encoding().orElseThrow();
    assertEquals(List.of("big, cat", "dog"), read.classNames());
    assertEquals(encoding.featureNames(), read.featureNames());
    assertArrayEquals(encoding.features(table).floats(), read.features(table).floats());
    assertEquals(1, read.dataset(table).label(1));
    assertEquals("kind", read.targetName());
  }

  @Test
  void damagedTextsAreNamed() {
    for (String classes : List.of("{", "{}", "[[]]", "[null]")) {
      refuses(Map.of("convoy.classes", classes), "'convoy.classes' is no JSON list of names");
    }
    String column = "{\"name\": \"x\", \"mean\": 1, \"deviation\": %s}";
    String whole =
        "{\"target\": {\"name\": \"y\", \"categories\": [\"a\", \"b\"]}, \"columns\": [%s]}";
    for (String encoding : List.of("[", "{}", String.format(whole, "{\"name\": \"x\"}"))) {
      refuses(Map.of("convoy.encoding", encoding), "not the JSON of an encoding");
    }
    String zero = String.format(whole, String.format(column, "0"));
    refuses(Map.of("convoy.encoding", zero), "column 'x' has the deviation 0.0");
    String twice = String.format(whole, "{\"name\": \"x\", \"categories\": [\"a\", \"a\"]}");
    refuses(Map.of("convoy.encoding", twice), "column 'x' has a category twice");
  }

  private static void refuses(Map<String, String> metadata, String expected) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DatasetInfo.fromMetadata(metadata));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CsvParserTest {
  @Test
  void fieldsAreSeparated() throws IOException {
    assertEquals(rows("a,b b,c"), parse("a,b b,c\n"));
    assertEquals(rows(",,"), parse(",,"));
  }

  @Test
  void everyLineEndEndsARecord() throws IOException {
    assertEquals(rows("a,b", "c,d", "e,f", "g,h"), parse("a,b\nc,d\r\ne,f\rg,h"));
  }

  @Test
  void quotedFieldsHoldAnything() throws IOException {
    List<CsvParser.Row> rows =
        parse("\"a,b\",\"say \"\"x\"\"\",\"\"\n\"two\r\nlines\",\"\"\"\"\nz");
    assertEquals(List.of("a,b", "say \"x\"", ""), rows.get(0).fields());
    assertEquals(List.of("two\nlines", "\""), rows.get(1).fields());
    assertEquals(List.of("z"), rows.get(2).fields());
  }

  @Test
  void rowsKnowTheLineTheyBeginIn() throws IOException {
    List<CsvParser.Row> rows = parse("a\n\n\"b\nc\"\nd\r\n\r\ne");
    assertEquals(List.of(1, 3, 5, 7), rows.stream().map(CsvParser.Row::line).toList());
  }

  @Test
  void theMarkOfUnicodeAndEmptyLinesArePassedOver() throws IOException {
    assertEquals(List.of("a"), parse("\uFEFFa\n").get(0).fields());
    assertEquals(2, parse("\n\na\n\nb\n\n\n").size());
    assertEquals(List.of(), parse(""));
    assertEquals(List.of(), parse("\r\n"));
  }

  @Test
  void theSeparatorCanBeAnother() throws IOException {
    CsvParser parser = new CsvParser("file", new StringReader("1,5;\"2;5\""), ';');
    assertEquals(List.of("1,5", "2;5"), parser.read().orElseThrow().fields());
  }

  @Test
  void refusesQuotesThatDoNotMatch() {
    refuses("a\nb,\"c\nd", "file, line 2, has a quote that is never closed");
    refuses("a\n\nb\"c\n", "file, line 3, has a quote within a field. Put the field in quotes");
    refuses("a\n\"b\"c\n", "file, line 2, has text behind a closing quote");
  }

  private static void refuses(String text, String expected) {
    DataException e = assertThrows(DataException.class, () -> parse(text));
    assertEquals(expected, e.getMessage().substring(0, expected.length()));
  }

  private static List<CsvParser.Row> rows(String... lines) {
    List<CsvParser.Row> rows = new ArrayList<>();
    for (String line : lines) {
      rows.add(new CsvParser.Row(rows.size() + 1, List.of(line.split(",", -1))));
    }
    return rows;
  }

  private static List<CsvParser.Row> parse(String text) throws IOException {
    CsvParser parser = new CsvParser("file", new StringReader(text), ',');
    List<CsvParser.Row> rows = new ArrayList<>();
    for (Optional<CsvParser.Row> row = parser.read(); row.isPresent(); row = parser.read()) {
      rows.add(row.get());
    }
    return rows;
  }
}

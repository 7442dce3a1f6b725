// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import java.util.List;

/** Rows of cells, each column as wide as it must be; the first leans left, the others right. */
final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  static String of(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        append(text, row.get(column), column, width(rows, column));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String cell, int column, int width) {
    String padding = " ".repeat(width - cell.length());
    text.append(column == 0 ? cell + padding : GAP + padding + cell);
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
  }
}

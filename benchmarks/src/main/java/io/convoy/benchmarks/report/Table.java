// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cells in columns.
 *
 * @param header one word a column
 * @param lines as many cells each
 */
public record Table(List<String> header, List<List<String>> lines) {
  /**
   * Lists rows.
   *
   * @param rows what was measured
   * @return one line a row
   */
  public static Table of(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    for (Row row : rows) {
      lines.add(
          List.of(
              row.id(),
              row.subject(),
              parameters(row),
              number(row.median()),
              row.unit().label(),
              percent(row.spread()),
              row.ceiling() == Ceiling.NONE
                  ? ""
                  : percent(row.share()) + " " + row.ceiling().name().toLowerCase(Locale.ROOT)));
    }
    return new Table(
        List.of("benchmark", "by", "with", "median", "unit", "spread", "of ceiling"), lines);
  }

  /**
   * Lists comparisons.
   *
   * @param pairs new rows and accepted ones
   * @return one line a pair
   */
  public static Table ofComparisons(List<Comparison> pairs) {
    List<List<String>> lines = new ArrayList<>();
    for (Comparison pair : pairs) {
      lines.add(
          List.of(
              pair.now().id(),
              pair.now().subject(),
              parameters(pair.now()),
              number(pair.before().median()),
              number(pair.now().median()),
              pair.now().unit().label(),
              String.format(Locale.ROOT, "%.3f", pair.ratio()),
              percent(pair.band()),
              pair.verdict().name().toLowerCase(Locale.ROOT)));
    }
    return new Table(
        List.of(
            "benchmark", "by", "with", "accepted", "now", "unit", "times as good", "band", "is"),
        lines);
  }

  private static String parameters(Row row) {
    List<String> parts = new ArrayList<>();
    row.parameters().forEach((key, value) -> parts.add(key + " " + value));
    parts.add(row.threads() + (row.threads() == 1 ? " thread" : " threads"));
    return String.join(", ", parts);
  }

  /** Four significant digits for people; the JSON has them all. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 1000 || size == 0 ? 0 : 3 - (int) Math.floor(Math.log10(size));
    return String.format(Locale.ROOT, "%,." + Math.min(6, decimals) + "f", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * Writes for a console: columns are aligned, numbers to the right.
   *
   * @return lines, each ended
   */
  public String text() {
    int[] widths = new int[header.size()];
    for (List<String> line : all()) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : all()) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String cell = line.get(i);
        String pad = " ".repeat(widths[i] - cell.length());
        cells.append(isNumber(i) ? pad + cell : cell + pad).append("  ");
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /**
   * Writes Markdown.
   *
   * @return lines, each ended
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", header)).append(" |\n|");
    for (int i = 0; i < header.size(); i++) {
      text.append(isNumber(i) ? "---:|" : "---|");
    }
    text.append('\n');
    for (List<String> line : lines) {
      text.append("| ").append(String.join(" | ", line)).append(" |\n");
    }
    return text.toString();
  }

  private List<List<String>> all() {
    List<List<String>> all = new ArrayList<>();
    all.add(header);
    all.addAll(lines);
    return all;
  }

  private boolean isNumber(int column) {
    return !lines.isEmpty()
        && lines.stream().allMatch(l -> l.get(column).matches("[-0-9.,]+( %)?"));
  }
}

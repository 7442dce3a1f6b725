// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A confusion matrix for people. */
final class ConfusionText {
  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final int present;
  private final List<Integer> shown;

  ConfusionText(ConfusionMatrix matrix, List<String> names, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least 1 class is shown; the limit is " + limit);
    }
    this.matrix = matrix;
    this.names = names;
    this.present = matrix.present().size();
    this.shown = matrix.worst(limit);
  }

  private boolean isPart() {
    return shown.size() < present;
  }

  String text() {
    String part =
        String.format("The %d of %d classes with the lowest F1:\n\n", shown.size(), present);
    return (isPart() ? part : "") + TextTable.of(scores()) + "\n" + TextTable.of(counts());
  }

  private List<List<String>> scores() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("class", "precision", "recall", "F1", "support"));
    shown.forEach(label -> rows.add(row(names.get(label), matrix.scores(label))));
    rows.add(row("macro average", matrix.macroAverage()));
    rows.add(row("weighted average", matrix.weightedAverage()));
    return rows;
  }

  private static List<String> row(String name, ClassScores scores) {
    return List.of(
        name,
        fixed(scores.precision()),
        fixed(scores.recall()),
        fixed(scores.f1()),
        Long.toString(scores.support()));
  }

  private static String fixed(double score) {
    return String.format(Locale.ROOT, "%.4f", score);
  }

  private List<List<String>> counts() {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("true \\ predicted"));
    shown.forEach(label -> header.add(names.get(label)));
    if (isPart()) {
      header.add("others");
    }
    rows.add(header);
    shown.forEach(label -> rows.add(counts(label)));
    return rows;
  }

  private List<String> counts(int label) {
    List<String> row = new ArrayList<>(List.of(names.get(label)));
    long others = matrix.scores(label).support();
    for (int prediction : shown) {
      int count = matrix.count(label, prediction);
      others -= count;
      row.add(Integer.toString(count));
    }
    if (isPart()) {
      row.add(Long.toString(others));
    }
    return row;
  }
}

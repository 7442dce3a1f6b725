// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

import java.util.List;

/** A confusion matrix as comma-separated values. */
final class ConfusionCsv {
  private ConfusionCsv() {}

  static String text(ConfusionMatrix matrix, List<String> names) {
    StringBuilder text = new StringBuilder("true");
    names.forEach(name -> text.append(',').append(quoted(name)));
    for (int label = 0; label < matrix.classes(); label++) {
      text.append('\n').append(quoted(names.get(label)));
      for (int prediction = 0; prediction < matrix.classes(); prediction++) {
        text.append(',').append(matrix.count(label, prediction));
      }
    }
    return text.append('\n').toString();
  }

  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}

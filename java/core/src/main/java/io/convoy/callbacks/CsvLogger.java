// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.EpochResult;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps what each epoch brought as comma-separated values, a line an epoch below a header: {@code
 * epoch}, the columns of {@link EpochResult#logs}, {@code seconds}, {@code images_per_second}.
 * Keras' {@code CSVLogger}, except that epochs count from 1. A fit that goes on keeps the lines of
 * its earlier epochs; another fit begins the file anew.
 */
public final class CsvLogger extends EpochLog {
  /**
   * Makes the callback.
   *
   * @param file where to, replaced atomically after each epoch
   */
  public CsvLogger(Path file) {
    super(file);
  }

  @Override
  String text(List<EpochResult> epochs) {
    // All that occur: a fit may go on with a validation that it had not before.
    Set<String> columns = new LinkedHashSet<>();
    epochs.forEach(epoch -> columns.addAll(epoch.logs().keySet()));
    StringBuilder text = new StringBuilder("epoch");
    columns.forEach(column -> text.append(',').append(column));
    text.append(",seconds,images_per_second\n");
    epochs.forEach(epoch -> append(text, epoch, columns));
    return text.toString();
  }

  private static void append(StringBuilder text, EpochResult epoch, Set<String> columns) {
    Map<String, Double> logs = epoch.logs();
    text.append(epoch.epoch());
    for (String column : columns) {
      text.append(',');
      if (logs.containsKey(column)) {
        text.append(logs.get(column).doubleValue());
      }
    }
    text.append(',').append(epoch.seconds());
    text.append(',').append(epoch.imagesPerSecond()).append('\n');
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.files.AtomicFile;
import io.convoy.model.EpochResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file with what each epoch of a fit brought. It is written whole after each, from the fit's
 * history: so it never holds half a line, and a fit that goes on appends to the lines of its
 * earlier epochs, each once, wherever the fit was interrupted.
 */
abstract sealed class EpochLog implements Callback permits CsvLogger, JsonLogger {
  private final Path file;

  EpochLog(Path file) {
    this.file = file;
  }

  /** The file's content. */
  abstract String text(List<EpochResult> epochs);

  @Override
  public void onTrainBegin(Fit fit) {
    write(fit);
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    write(fit);
  }

  private void write(Fit fit) {
    try {
      AtomicFile.write(file, text(fit.position().history()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

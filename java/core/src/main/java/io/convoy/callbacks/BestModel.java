// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.EpochResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Saves the model after each epoch whose validation loss (else training loss) is the lowest. */
public final class BestModel implements Callback {
  private final Path file;
  private double best = Double.POSITIVE_INFINITY;

  /**
   * Makes the callback.
   *
   * @param file where to, replaced atomically each time
   */
  public BestModel(Path file) {
    this.file = file;
  }

  /** A fit that goes on remembers its best epoch. */
  @Override
  public void onTrainBegin(Fit fit) {
    fit.position().history().forEach(result -> best = Math.min(best, loss(result)));
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    if (loss(result) >= best) {
      return;
    }
    try {
      fit.model().save(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    best = loss(result);
  }

  private static double loss(EpochResult result) {
    return result.validation().orElse(result.training()).loss();
  }
}

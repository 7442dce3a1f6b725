// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.Checkpoint;
import io.convoy.model.EpochResult;
import io.convoy.model.NonFiniteLossException;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * Writes a checkpoint after each epoch, and inside long ones each time some seconds have passed.
 * Never one whose loss or weights are not finite.
 */
public final class CheckpointWriter implements Callback {
  private final Path file;
  private final double everySeconds;
  private long last = System.nanoTime();

  /**
   * Makes the callback.
   *
   * @param file where to, replaced atomically each time
   * @param everySeconds time between two checkpoints inside an epoch, in seconds
   */
  public CheckpointWriter(Path file, double everySeconds) {
    this.file = file;
    this.everySeconds = everySeconds;
  }

  @Override
  public void onBatchEnd(Fit fit) {
    boolean due = (System.nanoTime() - last) * 1e-9 >= everySeconds;
    if (due && fit.step() < fit.steps()) {
      save(fit);
    }
  }

  @Override
  public void onEpochEnd(Fit fit, EpochResult result) {
    save(fit);
  }

  private void save(Fit fit) {
    requireFinite(fit, fit.loss());
    // The loss is of the weights before the last update, which may have spoilt them.
    for (Tensor weight : fit.model().weights().values()) {
      requireFinite(fit, sum(weight));
    }
    try {
      Checkpoint.save(fit.model(), fit.position(), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    last = System.nanoTime();
  }

  private static void requireFinite(Fit fit, double value) {
    if (!Double.isFinite(value)) {
      throw new NonFiniteLossException(fit.epoch(), 1, fit.step(), value);
    }
  }

  /** In double, so that finite values have a finite sum. */
  private static double sum(Tensor tensor) {
    FloatBuffer values = tensor.floatBuffer();
    double sum = 0;
    for (int i = 0; i < values.capacity(); i++) {
      sum += values.get(i);
    }
    return sum;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads something in a thread of its own, which ends with that: it takes no core from the training.
 */
final class Background<T> {
  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Background<T> start(Callable<T> reading) {
    FutureTask<T> task = new FutureTask<>(reading);
    Thread thread = new Thread(task, "convoy-reading");
    thread.setDaemon(true);
    thread.start();
    return new Background<>(task);
  }

  /** Waits, and throws what the reading threw. */
  T get() throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted while data were read", e);
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  private static IOException cause(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return (IOException) e.getCause();
  }
}

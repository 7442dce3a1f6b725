// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.Fit;
import io.convoy.model.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: the fit ends after its current step with a checkpoint, and the process waits
 * for that; a second Ctrl-C ends it at once. Every other moment of a run is as safe: files are
 * replaced whole.
 */
final class Interruption implements Callback, AutoCloseable {
  /** What docker gives a process between asking and killing. */
  private static final int PATIENCE_SECONDS = 10;

  private final Path checkpoint;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "convoy-interruption");
  private final Runnable restore;
  private volatile boolean asked;

  /** Listens until it is closed. */
  Interruption(Path checkpoint) {
    this.checkpoint = checkpoint;
    Runtime.getRuntime().addShutdownHook(hook);
    this.restore = Signals.onCtrlC(this::onCtrlC);
  }

  private void onCtrlC() {
    if (asked) {
      Runtime.getRuntime().halt(Main.INTERRUPTED);
    }
    asked = true;
  }

  /** Runs when the process shall end, for another reason than Ctrl-C. */
  private void interrupt() {
    asked = true;
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells whether the process shall end; then the fit may have ended for that. */
  boolean isAsked() {
    return asked;
  }

  @Override
  public void onBatchEnd(Fit fit) {
    if (asked) {
      fit.stop();
    }
  }

  @Override
  public void onTrainEnd(Fit fit) {
    if (!asked) {
      return;
    }
    try {
      Checkpoint.save(fit.model(), fit.position(), checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    restore.run();
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook has run.
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The owner of native things: closes them in reverse order. */
public final class Resources implements AutoCloseable {
  private static final AtomicLong LIVE = new AtomicLong();

  private final Deque<Runnable> destroyers = new ArrayDeque<>();

  /** Makes an owner of nothing. */
  public Resources() {}

  /**
   * Counts the native things of the process that are not destroyed.
   *
   * @return 0 when everything was closed
   */
  public static long live() {
    return LIVE.get();
  }

  /**
   * Takes a thing over.
   *
   * @param <T> what it is
   * @param thing the thing
   * @param destroy how it is destroyed
   * @return the thing
   */
  public <T> T own(T thing, Consumer<? super T> destroy) {
    destroyers.push(() -> destroy.accept(thing));
    LIVE.incrementAndGet();
    return thing;
  }

  /** Destroys all, even if some destroyers fail; idempotent. */
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!destroyers.isEmpty()) {
      LIVE.decrementAndGet();
      try {
        destroyers.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the items of a loop; whoever is free takes the next one. Allocates nothing per
 * loop. Waiting helpers sleep, so that they don't take time from oneDNN's threads; the caller does
 * not wait for one to wake up, but for the items that helpers have taken.
 */
final class Workers implements AutoCloseable {
  /** One item of a loop, independent of all others. */
  interface Task {
    /**
     * Does an item.
     *
     * @param item from 0
     * @param worker which thread does it, from 0 to below {@link #count}
     */
    void run(int item, int worker);
  }

  private static final int NONE_LEFT = Integer.MAX_VALUE;

  private final Thread[] helpers;

  /** High half: which loop. Low half: the next item that nobody has taken. */
  private final AtomicLong next = new AtomicLong(NONE_LEFT);

  private final AtomicInteger done = new AtomicInteger();
  private volatile Task task;
  private volatile int items;
  private volatile Throwable failure;
  private volatile boolean closed;

  /**
   * Starts the threads.
   *
   * @param count how many, with the caller's
   */
  Workers(int count) {
    helpers = new Thread[count - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), "convoy-cpu-" + worker);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  int count() {
    return helpers.length + 1;
  }

  /** Does all items of a loop; returns when they are done. Not to be called by two threads. */
  void run(Task loop, int count) {
    done.set(0);
    task = loop;
    items = count;
    long round = (next.get() >>> 32) + 1;
    next.set(round << 32);
    if (count > 1) {
      for (Thread helper : helpers) {
        LockSupport.unpark(helper);
      }
    }
    takeItems(0);
    while (done.get() < count) {
      Thread.yield(); // a helper may be waiting for this very core
    }
    next.set(round << 32 | NONE_LEFT);
    rethrow();
  }

  private void help(int worker) {
    while (!closed) {
      takeItems(worker);
      LockSupport.park(this);
    }
  }

  /** A thread that lags behind fails to take an item: the loop's number has changed by then. */
  private void takeItems(int worker) {
    for (long at = next.get(); (int) at < items; at = next.get()) {
      Task loop = task;
      if (next.compareAndSet(at, at + 1)) {
        try {
          loop.run((int) at, worker);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          done.incrementAndGet();
        }
      }
    }
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a loop failed: " + thrown, thrown);
    }
  }

  /** Ends the threads; idempotent. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

/**
 * Steps made ready for a device: inputs go up, steps run, outputs come down. Runs follow each other
 * in order. It owns what it needs beside its buffers. Not thread-safe.
 */
public interface Pipeline extends AutoCloseable {
  /**
   * Starts a run. When this returns, the inputs' host memory may be written again; the outputs' may
   * be read after {@link #await}. Allocates nothing on the heap.
   */
  void run();

  /**
   * Runs once and waits behind each step, which adds the way to the device and back to each.
   *
   * @return nanoseconds, one number a step
   */
  long[] profile();

  /**
   * Waits for the last run of this pipeline; one with outputs does not wait for what came later.
   */
  void await();

  /**
   * Returns what the libraries chose, such as an algorithm.
   *
   * @param step index of a step
   * @return for people; empty where there was nothing to choose
   */
  String choice(int step);

  /**
   * Returns the memory that the libraries work in.
   *
   * @return bytes on the device
   */
  long workspaceBytes();

  /** Frees everything, after waiting. Idempotent. */
  @Override
  void close();
}

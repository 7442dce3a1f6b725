// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A prepared program. It owns its arena and everything native; {@link #run} allocates nothing. Not
 * thread-safe. After {@link #close}, every method but close throws an IllegalStateException.
 */
public interface Executable extends AutoCloseable {
  /**
   * Returns where a placeholder is fed.
   *
   * @param slot id of a placeholder in the program
   * @return host memory for its dense, row-major elements in native byte order, the same object at
   *     every call; write by absolute index before {@link #run}
   */
  ByteBuffer input(int slot);

  /** Runs the program once with what the inputs hold. */
  void run();

  /**
   * Returns what a fetch holds, waiting for the last run.
   *
   * @param fetch index in the program's fetches
   * @return host memory with its dense, row-major elements in native byte order, the same object at
   *     every call; valid until the next run; empty for a token
   */
  ByteBuffer output(int fetch);

  /**
   * Returns what the plan needs besides variables.
   *
   * @return size of the arena in bytes
   */
  long plannedBytes();

  /**
   * Writes the plan as text: each step with its implementation, shapes, layouts and bytes.
   *
   * @return the text, the same for equal programs on equal devices
   */
  String dump();

  /**
   * Runs the program once with what the inputs hold, and awaits each step by itself. A backend that
   * overlaps steps is slower so than {@link #run}.
   *
   * @return what each step took, in order
   */
  List<StepTime> profile();

  /**
   * Tells what the plan's steps move and compute, as their shapes say.
   *
   * @return with one cost a step, in the order of {@link #profile}; empty if the backend does not
   *     count
   */
  default Optional<PlanCost> cost() {
    return Optional.empty();
  }

  /** Frees everything. Idempotent. */
  @Override
  void close();
}

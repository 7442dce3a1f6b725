// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.BackendException;
import java.util.List;

/** Tries calls on their real buffers. */
interface WayClock {
  /** Device address of the memory that they are tried in. */
  long workspace();

  /**
   * Runs a call once and waits.
   *
   * @throws BackendException if it fails
   */
  void tryOut(Runnable call);

  /**
   * Times calls, all by the same clock.
   *
   * @return nanoseconds of each
   */
  long[] time(List<Runnable> calls);
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import java.nio.ByteBuffer;

/** Reads a variable again and again, while the device goes on. Allocates nothing. */
public interface Readback {
  /** Asks for what the variable holds after all runs so far, and does not wait for it. */
  void start();

  /**
   * Returns what was asked for last, waiting for it but not for later runs.
   *
   * @return host memory with the dense, row-major elements in native byte order, the same object at
   *     every call; valid until the next start
   */
  ByteBuffer await();
}

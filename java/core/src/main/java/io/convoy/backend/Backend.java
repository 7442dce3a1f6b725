// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import io.convoy.compile.Program;
import io.convoy.compile.Support;

/**
 * An open device. It owns its handles; variables and executables made by it must be closed before.
 * Not thread-safe.
 */
public interface Backend extends Support, AutoCloseable {
  /**
   * Tells what the device is.
   *
   * @return the device
   */
  DeviceInfo device();

  /**
   * Makes an empty store of variables on the device.
   *
   * @return the store, owned by the caller
   */
  Variables variables();

  /**
   * Prepares a program: lays out its memory and builds everything native, so that running it only
   * launches.
   *
   * @param program compiled for this backend; every variable in it is declared in {@code variables}
   * @param variables made by this backend
   * @return the executable, owned by the caller
   * @throws BackendException if memory does not suffice or the library refuses
   */
  Executable prepare(Program program, Variables variables);

  /**
   * Tells how much room there is for data sets, from which batches are then gathered on the device.
   *
   * @return bytes; 0 if batches reach the device as fast when they are fed
   */
  default long dataBytes() {
    return 0;
  }

  /** Frees the device. Idempotent. */
  @Override
  void close();
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

/**
 * Finds and opens a backend. Found by {@link java.util.ServiceLoader}; constructing it is cheap.
 */
public interface BackendProvider {
  /**
   * Returns the backend's name.
   *
   * @return what {@code --device} takes, such as {@code cpu}
   */
  String name();

  /**
   * Tells which of several that work {@code auto} should take.
   *
   * @return the higher, the better; below 0: never taken by {@code auto}
   */
  int rank();

  /**
   * Tries whether the backend works on this machine.
   *
   * @return its devices, or why not and what would help
   */
  Availability probe();

  /**
   * Opens a device.
   *
   * @param index which of the devices, from 0
   * @return the open backend, owned by the caller
   * @throws BackendException if the device can't be opened
   */
  Backend open(int index);
}

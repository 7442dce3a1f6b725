// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

import io.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;

/**
 * The variables of one session on a device, shared by its executables. In host buffers they are
 * dense, row-major and in native byte order, whatever the layout on the device. Not thread-safe.
 */
public interface Variables extends AutoCloseable {
  /**
   * Adds a variable, filled with zeros.
   *
   * @param name its name
   * @param spec type and shape, without an open dimension
   * @throws IllegalArgumentException if the name is taken
   */
  void declare(String name, TensorSpec spec);

  /**
   * Tells whether a variable was declared.
   *
   * @param name its name
   * @return true if it was
   */
  boolean contains(String name);

  /**
   * Changes a variable.
   *
   * @param name its name
   * @param value exactly as many bytes, from position to limit; position and limit stay
   * @throws IllegalArgumentException if the variable is unknown or the size differs
   */
  void write(String name, ByteBuffer value);

  /**
   * Reads a variable, waiting for what is running.
   *
   * @param name its name
   * @param into room for exactly as many bytes, from position to limit; position and limit stay
   * @throws IllegalArgumentException if the variable is unknown or the size differs
   */
  void read(String name, ByteBuffer into);

  /**
   * Prepares to read a variable again and again. A backend whose runs are not over when they return
   * reads without waiting for later ones.
   *
   * @param name its name
   * @param bytes how many it has
   * @return what reads it, freed with the variables
   * @throws IllegalArgumentException if the variable is unknown or the size differs
   */
  default Readback readback(String name, int bytes) {
    return new WaitingReadback(this, name, bytes);
  }

  /** Frees the variables. Idempotent; any other use afterwards is an IllegalStateException. */
  @Override
  void close();
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

/** A device or its library failed: which call, which op, which shapes, and what would help. */
public class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what failed, where, and what would help
   */
  public BackendException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what failed, where, and what would help
   * @param cause what the library threw
   */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}

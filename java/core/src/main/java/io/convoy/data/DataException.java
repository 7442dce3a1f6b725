// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.IOException;

/** Data that can't be used: which file, what is wrong with it, and what would help. */
public class DataException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which file, what is wrong with it, and what would help
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message which file, what is wrong with it, and what would help
   * @param cause what was thrown on reading
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}

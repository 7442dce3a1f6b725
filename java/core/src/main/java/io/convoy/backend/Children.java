// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

/**
 * Counts what a backend has given out, variable stores and executables, all of which must be closed
 * before it. Not thread-safe.
 */
public final class Children {
  private int open;
  private boolean closed;

  /** Makes the count of a backend that has given out nothing. */
  public Children() {}

  /**
   * Refuses to go on with a closed backend.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the backend is closed");
    }
  }

  /** Notes that one was given out. */
  public void opened() {
    open++;
  }

  /** Notes that one was closed. */
  public void gone() {
    open--;
  }

  /**
   * Closes the backend's books.
   *
   * @return false if that was done before
   * @throws IllegalStateException if something that was given out is still open
   */
  public boolean close() {
    if (closed) {
      return false;
    }
    if (open > 0) {
      throw new IllegalStateException(
          "the backend still has "
              + open
              + " open variable stores and executables; close them before it");
    }
    closed = true;
    return true;
  }
}

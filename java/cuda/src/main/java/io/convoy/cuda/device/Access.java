// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

/**
 * What a step does with memory. Bytes are counted once, however often they are touched: what a
 * kernel reads again it finds in caches, if it is written well.
 *
 * @param buffer the memory
 * @param read bytes that are read; 0 if none may be
 * @param written bytes that are written; 0 if none may be
 */
public record Access(Buffer buffer, long read, long written) {
  /**
   * Reads all of a buffer.
   *
   * @param buffer the memory
   * @return the access
   */
  public static Access read(Buffer buffer) {
    return read(buffer, buffer.bytes());
  }

  /**
   * Reads a part of a buffer.
   *
   * @param buffer the memory
   * @param bytes how large the part is
   * @return the access
   */
  public static Access read(Buffer buffer, long bytes) {
    return new Access(buffer, bytes, 0);
  }

  /**
   * Writes all of a buffer.
   *
   * @param buffer the memory
   * @return the access
   */
  public static Access write(Buffer buffer) {
    return write(buffer, buffer.bytes());
  }

  /**
   * Writes a part of a buffer.
   *
   * @param buffer the memory
   * @param bytes how large the part is
   * @return the access
   */
  public static Access write(Buffer buffer, long bytes) {
    return new Access(buffer, 0, bytes);
  }

  /**
   * Reads and writes all of a buffer.
   *
   * @param buffer the memory
   * @return the access
   */
  public static Access both(Buffer buffer) {
    return new Access(buffer, buffer.bytes(), buffer.bytes());
  }
}

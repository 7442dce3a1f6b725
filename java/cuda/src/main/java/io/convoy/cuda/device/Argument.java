// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

/** An argument of a kernel, of the type that its parameter has. */
public sealed interface Argument {
  /**
   * A device address.
   *
   * @param access the memory, and what the kernel does with it
   * @param offset bytes from its start
   */
  record Address(Access access, long offset) implements Argument {
    /**
     * Returns the memory.
     *
     * @return that of the access
     */
    public Buffer buffer() {
      return access.buffer();
    }
  }

  /** No address, where the kernel takes none. */
  record Null() implements Argument {}

  /**
   * {@code int} or {@code u32}.
   *
   * @param value its 32 bits
   */
  record Int(int value) implements Argument {}

  /**
   * {@code i64} or {@code u64}.
   *
   * @param value its 64 bits
   */
  record Long(long value) implements Argument {}

  /**
   * {@code float}.
   *
   * @param value the number
   */
  record Float(float value) implements Argument {}

  /**
   * Passes a buffer that the kernel reads.
   *
   * @param buffer the memory
   * @return the address of its first byte
   */
  static Argument of(Buffer buffer) {
    return of(Access.read(buffer));
  }

  /**
   * Passes a buffer that the kernel writes and does not read.
   *
   * @param buffer the memory
   * @return the address of its first byte
   */
  static Argument to(Buffer buffer) {
    return of(Access.write(buffer));
  }

  /**
   * Passes a buffer that the kernel reads and writes.
   *
   * @param buffer the memory
   * @return the address of its first byte
   */
  static Argument inOut(Buffer buffer) {
    return of(Access.both(buffer));
  }

  /**
   * Passes a buffer of which the kernel may use a part.
   *
   * @param access the memory, and what the kernel does with it
   * @return the address of its first byte
   */
  static Argument of(Access access) {
    return new Address(access, 0);
  }

  /**
   * Passes an {@code int}.
   *
   * @param value the number
   * @return the argument
   */
  static Argument of(int value) {
    return new Int(value);
  }

  /**
   * Passes an {@code i64}.
   *
   * @param value the number
   * @return the argument
   */
  static Argument of(long value) {
    return new Long(value);
  }

  /**
   * Passes a {@code float}.
   *
   * @param value the number
   * @return the argument
   */
  static Argument of(float value) {
    return new Float(value);
  }

  /**
   * Writes it for people.
   *
   * @return the value; of an address the bytes behind it
   */
  default String describe() {
    if (this instanceof Address a) {
      return a.buffer().bytes() + " B" + (a.offset() == 0 ? "" : " from " + a.offset());
    }
    if (this instanceof Int i) {
      return Integer.toString(i.value());
    }
    if (this instanceof Long l) {
      return java.lang.Long.toString(l.value());
    }
    return this instanceof Float f ? java.lang.Float.toString(f.value()) : "null";
  }
}

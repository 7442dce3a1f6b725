// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.backend.BackendException;
import io.convoy.backend.Resources;
import org.bytedeco.javacpp.Pointer;

/** Zeroed memory outside the heap. */
final class Arena {
  /** A cache line, and as wide as the widest vector register, in bytes. */
  static final int ALIGNMENT = 64;

  private Arena() {}

  /**
   * Allocates.
   *
   * @param owner frees it
   * @param bytes its size
   * @param what it is for, for the message
   * @return the address of its first byte, a multiple of {@link #ALIGNMENT}
   */
  static long allocate(Resources owner, long bytes, String what) {
    Pointer block = Pointer.calloc(Math.addExact(bytes, ALIGNMENT), 1);
    if (block == null || block.isNull()) {
      throw new BackendException(
          what
              + " needs "
              + bytes
              + " bytes, which the system refuses; a smaller batch needs less");
    }
    owner.own(block, Pointer::free);
    return (block.address() + ALIGNMENT - 1) & -ALIGNMENT;
  }
}

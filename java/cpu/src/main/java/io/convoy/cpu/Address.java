// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import org.bytedeco.javacpp.Pointer;

/** A place in memory that somebody else owns. */
final class Address extends Pointer {
  Address(long address, long bytes) {
    super((Pointer) null);
    this.address = address;
    this.limit = bytes;
    this.capacity = bytes;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.compile.MemoryPlanner;

/**
 * Memory that steps of a plan use: a variable's, or a part of the arena whose place is known once
 * all steps are.
 */
final class Buffer {
  private final long bytes;
  private final boolean planned;
  private long address;
  private int first = Integer.MAX_VALUE;
  private int last = -1;

  private Buffer(long bytes, boolean planned, long address) {
    this.bytes = bytes;
    this.planned = planned;
    this.address = address;
  }

  /** A part of the arena. */
  static Buffer planned(long bytes) {
    return new Buffer(bytes, true, 0);
  }

  /** Memory that lies elsewhere. */
  static Buffer at(long address, long bytes) {
    return new Buffer(bytes, false, address);
  }

  long bytes() {
    return bytes;
  }

  /** Whether it is a part of the arena. */
  boolean isPlanned() {
    return planned;
  }

  /** Notes that the step at a position uses it. */
  void usedAt(int position) {
    first = Math.min(first, position);
    last = Math.max(last, position);
  }

  boolean isUsed() {
    return last >= 0;
  }

  MemoryPlanner.Request request() {
    return new MemoryPlanner.Request(bytes, first, last);
  }

  void place(long at) {
    address = at;
  }

  Address address() {
    return new Address(address, bytes);
  }
}

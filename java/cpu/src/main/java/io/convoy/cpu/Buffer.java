// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.compile.MemoryPlanner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory that steps of a plan use: a variable's, the caller's view of an input or output, or a part
 * of the arena, whose place is known once all steps are.
 */
final class Buffer {
  private final long bytes;
  private final boolean planned;
  private final ByteBuffer host; // null unless the caller sees it
  private long address;
  private int first = Integer.MAX_VALUE;
  private int last = -1;

  private Buffer(long bytes, boolean planned, ByteBuffer host, long address) {
    this.bytes = bytes;
    this.planned = planned;
    this.host = host;
    this.address = address;
  }

  /** A part of the arena. */
  static Buffer planned(long bytes) {
    return new Buffer(bytes, true, null, 0);
  }

  /** Memory that lies elsewhere. */
  static Buffer at(long address, long bytes) {
    return new Buffer(bytes, false, null, address);
  }

  /**
   * Memory that the caller reads or writes. The garbage collector frees it, so that a view that
   * someone still holds when the plan is closed is not a hole in memory.
   */
  static Buffer host(long bytes) {
    int size = Math.toIntExact(bytes);
    ByteBuffer block = ByteBuffer.allocateDirect(size + 2 * Arena.ALIGNMENT);
    ByteBuffer aligned = block.alignedSlice(Arena.ALIGNMENT).limit(size).slice();
    ByteBuffer view = aligned.order(ByteOrder.nativeOrder());
    return new Buffer(bytes, false, view, new BytePointer(view).address());
  }

  long bytes() {
    return bytes;
  }

  /** Whether it is a part of the arena. */
  boolean isPlanned() {
    return planned;
  }

  /** What the caller sees, or null. */
  ByteBuffer host() {
    return host;
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

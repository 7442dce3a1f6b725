// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.compile.MemoryPlanner;

/**
 * Device memory that steps use: a variable's, or a part of the arena, whose place is known once all
 * steps are.
 */
public final class Buffer {
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

  /**
   * Makes a part of the arena.
   *
   * @param bytes its size
   * @return the buffer, without a place yet
   */
  public static Buffer planned(long bytes) {
    return new Buffer(bytes, true, 0);
  }

  /**
   * Makes a buffer that lies elsewhere.
   *
   * @param address of its first byte on the device
   * @param bytes its size
   * @return the buffer
   */
  public static Buffer at(long address, long bytes) {
    return new Buffer(bytes, false, address);
  }

  /**
   * Returns its size.
   *
   * @return bytes
   */
  public long bytes() {
    return bytes;
  }

  /**
   * Tells whether it is a part of the arena.
   *
   * @return false if it lies elsewhere
   */
  public boolean isPlanned() {
    return planned;
  }

  /**
   * Returns where it lies.
   *
   * @return the device address of its first byte; once placed
   */
  public long address() {
    return address;
  }

  /**
   * Notes that the step at a position uses it.
   *
   * @param position in the plan's steps
   */
  public void usedAt(int position) {
    first = Math.min(first, position);
    last = Math.max(last, position);
  }

  /**
   * Tells whether a step uses it.
   *
   * @return true after {@link #usedAt}
   */
  public boolean isUsed() {
    return last >= 0;
  }

  /**
   * Returns what the memory planner must know of it.
   *
   * @return size, first and last use
   */
  public MemoryPlanner.Request request() {
    return new MemoryPlanner.Request(bytes, first, last);
  }

  /**
   * Gives it its place.
   *
   * @param at device address of its first byte
   */
  public void place(long at) {
    address = at;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places buffers with known lifetimes in one arena, so that two that are alive together never
 * overlap. A pure function: largest buffers first, each at the lowest free offset ("greedy by
 * size", Pisarchyk and Lee, arXiv 2001.03288).
 */
public final class MemoryPlanner {
  private MemoryPlanner() {}

  /**
   * A buffer to place.
   *
   * @param bytes its size in bytes
   * @param first position of the step that writes it first
   * @param last position of the last step that uses it, inclusive
   */
  public record Request(long bytes, int first, int last) {
    /**
     * Checks the order of the positions.
     *
     * @param bytes the component
     * @param first the component
     * @param last the component
     */
    public Request {
      if (bytes < 0 || last < first) {
        throw new IllegalArgumentException(
            "bytes " + bytes + ", alive from " + first + " to " + last);
      }
    }

    boolean meets(Request other) {
      return first <= other.last && other.first <= last;
    }
  }

  /**
   * Where the buffers lie.
   *
   * @param offsets offset in bytes of each request, in the order of the requests
   * @param bytes size of the arena in bytes
   */
  public record Layout(long[] offsets, long bytes) {}

  /**
   * Places buffers.
   *
   * @param requests what to place
   * @param alignment of every offset and of the arena's size, in bytes; a power of two
   * @return the layout
   * @throws ArithmeticException if the arena would exceed 2^63-1 bytes
   */
  public static Layout plan(List<Request> requests, int alignment) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong((Integer i) -> -requests.get(i).bytes()));
    long[] offsets = new long[requests.size()];
    List<Integer> placed = new ArrayList<>(); // by offset
    long total = 0;
    for (int i : order) {
      long offset = 0;
      for (int other : placed) {
        if (!requests.get(other).meets(requests.get(i))) {
          continue;
        }
        if (offset + requests.get(i).bytes() <= offsets[other]) {
          break;
        }
        long end = Math.addExact(offsets[other], requests.get(other).bytes());
        offset = Math.max(offset, align(end, alignment));
      }
      offsets[i] = offset;
      total = Math.max(total, align(Math.addExact(offset, requests.get(i).bytes()), alignment));
      placed.add(i);
      placed.sort(Comparator.comparingLong(p -> offsets[p]));
    }
    return new Layout(offsets, total);
  }

  private static long align(long value, int alignment) {
    return Math.addExact(value, alignment - 1L) & -alignment;
  }
}

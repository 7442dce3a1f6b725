// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.cuda.device.Gpu;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Filters on their way between the host, where they are {@code [kh,kw,C/groups,K]}, and the device,
 * where they lie in {@link Order#FILTER}: some filters at a time, which are turned on the host.
 */
final class FilterTransfer {
  /** Host memory for what is turned, unless a single filter wants more. */
  private static final int PIECE = 1 << 20;

  /** Side of the squares that are turned: the 4-byte elements of a cache line. */
  private static final int TILE = 16;

  private final Gpu gpu;
  private final Operand variable;
  private final int filters;
  private final int taps;
  private final ByteBuffer piece; // [some filters, taps]

  /**
   * Prepares for a variable.
   *
   * @param variable FLOAT32, in {@link Order#FILTER}
   */
  FilterTransfer(Gpu gpu, Operand variable) {
    this.gpu = gpu;
    this.variable = variable;
    this.filters = variable.channels();
    this.taps = Math.toIntExact(variable.rows());
    int row = taps * Float.BYTES;
    int some = Math.max(1, Math.min(filters, PIECE / row));
    this.piece = ByteBuffer.allocateDirect(some * row).order(ByteOrder.nativeOrder());
  }

  /** What is done with an element of a piece and the same element in row-major memory. */
  private interface Move {
    void move(IntBuffer piece, int at, IntBuffer rowMajor, int rowMajorAt);
  }

  void write(ByteBuffer value) {
    IntBuffer rowMajor = ints(value);
    for (int first = 0; first < filters; first += some()) {
      int count = part(first);
      turn(first, count, rowMajor, (p, at, all, allAt) -> p.put(at, all.get(allAt)));
      gpu.write(address(first), piece);
    }
  }

  void read(ByteBuffer into) {
    IntBuffer rowMajor = ints(into);
    for (int first = 0; first < filters; first += some()) {
      int count = part(first);
      gpu.read(address(first), piece);
      turn(first, count, rowMajor, (p, at, all, allAt) -> all.put(allAt, p.get(at)));
    }
  }

  private static IntBuffer ints(ByteBuffer bytes) {
    return bytes.slice().order(ByteOrder.nativeOrder()).asIntBuffer();
  }

  /** Filters in a whole piece. */
  private int some() {
    return piece.capacity() / (taps * Float.BYTES);
  }

  /** Brings the piece to the size of the filters from one on, and counts them. */
  private int part(int first) {
    int count = Math.min(some(), filters - first);
    piece.limit(count * taps * Float.BYTES);
    return count;
  }

  private long address(int filter) {
    return variable.buffer().address() + (long) filter * taps * Float.BYTES;
  }

  /** Visits all elements of a piece, a square at a time, which the cache holds. */
  private void turn(int first, int count, IntBuffer rowMajor, Move move) {
    IntBuffer turned = piece.asIntBuffer();
    for (int tap = 0; tap < taps; tap += TILE) {
      int end = Math.min(tap + TILE, taps);
      for (int filter = 0; filter < count; filter++) {
        for (int t = tap; t < end; t++) {
          move.move(turned, filter * taps + t, rowMajor, t * filters + first + filter);
        }
      }
    }
  }
}

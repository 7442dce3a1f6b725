// SPDX-License-Identifier: Apache-2.0
package io.convoy.random;

/**
 * The counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel Random Numbers:
 * As Easy as 1, 2, 3", SC'11). A block of four 32-bit words is a pure function of a 64-bit key and
 * a 128-bit counter, so any device can compute any part of a random sequence, and a run can be
 * resumed anywhere.
 *
 * <p>Convoy's counter is (block index low, block index high, stream, step): what is random, and in
 * which training step, picks the stream and the step; the position of an element picks the block.
 */
public final class Philox {
  private static final int M0 = 0xD2511F53;
  private static final int M1 = 0xCD9E8D57;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int ROUNDS = 10;

  private final int key0;
  private final int key1;
  private final int stream;
  private int step;
  private int w0;
  private int w1;
  private int w2;
  private int w3;

  /**
   * Makes a generator for one stream and step.
   *
   * @param seed the key
   * @param stream what the numbers are for; see {@link Streams}
   * @param step training step, epoch, or 0
   */
  public Philox(long seed, int stream, int step) {
    this.key0 = (int) seed;
    this.key1 = (int) (seed >>> 32);
    this.stream = stream;
    this.step = step;
  }

  /**
   * Moves on to another step of the same stream.
   *
   * @param changed training step, epoch, or 0
   */
  public void step(int changed) {
    step = changed;
  }

  /**
   * Computes one block; read its words with {@link #word}.
   *
   * @param index the block's index in the stream
   */
  public void block(long index) {
    int c0 = (int) index;
    int c1 = (int) (index >>> 32);
    int c2 = stream;
    int c3 = step;
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (M0 & LOW) * (c0 & LOW);
      long p1 = (M1 & LOW) * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    w0 = c0;
    w1 = c1;
    w2 = c2;
    w3 = c3;
  }

  /**
   * Returns a word of the last block.
   *
   * @param i 0 to 3
   * @return 32 random bits
   */
  public int word(int i) {
    switch (i) {
      case 0:
        return w0;
      case 1:
        return w1;
      case 2:
        return w2;
      case 3:
        return w3;
      default:
        throw new IndexOutOfBoundsException(i);
    }
  }

  /**
   * Returns a word of the last block as a number.
   *
   * @param i 0 to 3
   * @return a multiple of 2^-24, in [0, 1)
   */
  public float uniform(int i) {
    return (word(i) >>> 8) * 0x1p-24f;
  }
}

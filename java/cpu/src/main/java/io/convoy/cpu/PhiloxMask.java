// SPDX-License-Identifier: Apache-2.0
package io.convoy.cpu;

import io.convoy.ops.Dropout;

/**
 * The masks of {@link Dropout} in bulk: {@link io.convoy.random.Philox} with its state in local
 * variables, so that drawing allocates nothing and the processor overlaps neighbouring blocks.
 */
final class PhiloxMask {
  /** Elements that a block of four words decides. */
  static final int LANES = 8;

  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;
  private static final int ROUNDS = 10;

  private PhiloxMask() {}

  /**
   * Draws a part of a mask.
   *
   * @param op seed, stream and rate
   * @param step finished training steps
   * @param firstBlock index of the first block
   * @param mask 0 where an element is dropped, else the scale; a multiple of {@link #LANES} long
   */
  static void fill(Dropout op, int step, long firstBlock, float[] mask) {
    int threshold = op.threshold();
    int scale = Float.floatToRawIntBits(op.scale());
    for (int i = 0; i < mask.length; i += LANES) {
      draw(op, step, firstBlock + i / LANES, mask, i, threshold, scale);
    }
  }

  /** A method of its own: what is called often is compiled early, which the first step feels. */
  private static void draw(
      Dropout op, int step, long block, float[] mask, int i, int threshold, int scale) {
    int c0 = (int) block;
    int c1 = (int) (block >>> 32);
    int c2 = op.stream();
    int c3 = step;
    int k0 = (int) op.seed();
    int k1 = (int) (op.seed() >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    put(mask, i, c0, threshold, scale);
    put(mask, i + 2, c1, threshold, scale);
    put(mask, i + 4, c2, threshold, scale);
    put(mask, i + 6, c3, threshold, scale);
  }

  /**
   * The low half of a word decides the first of two elements, the high half the second. Without
   * branches, which could not be predicted: the sign of (lane - threshold) blanks the scale's bits.
   */
  private static void put(float[] mask, int i, int word, int threshold, int scale) {
    mask[i] = Float.intBitsToFloat(scale & ~((word & 0xFFFF) - threshold >> 31));
    mask[i + 1] = Float.intBitsToFloat(scale & ~((word >>> 16) - threshold >> 31));
  }
}

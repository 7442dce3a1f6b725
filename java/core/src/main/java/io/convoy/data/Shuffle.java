// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.random.Philox;
import io.convoy.random.Streams;

/**
 * The order of the training examples: for each epoch a permutation that is a function of seed,
 * epoch and size alone, so that a run can be resumed anywhere. Not thread-safe.
 *
 * <p>Fisher and Yates' shuffle (Knuth, The Art of Computer Programming 2, algorithm 3.4.2P), with
 * Lemire's unbiased bounded numbers (arXiv 1805.10941, algorithm 5). Its 32-bit numbers are the
 * words, in order, of the {@link Philox} blocks epoch 2^32, epoch 2^32 + 1, … in stream {@link
 * Streams#shuffle} and step 0.
 */
public final class Shuffle {
  private static final long LOW = 0xFFFFFFFFL;

  private final Philox generator;
  private long block;
  private int word;

  /**
   * Makes the orders of one run.
   *
   * @param seed the run's seed
   */
  public Shuffle(long seed) {
    this(seed, Streams.shuffle());
  }

  /** Makes orders for another use, from a stream of their own. */
  Shuffle(long seed, int stream) {
    generator = new Philox(seed, stream, 0);
  }

  /**
   * Writes an epoch's order, without allocation.
   *
   * @param order receives a permutation of 0 to length - 1; what it held does not matter
   * @param epoch which epoch, from 0
   */
  public void permute(int[] order, int epoch) {
    block = (long) epoch << 32;
    word = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /** Draws from 0 to bound - 1: the high half of bits * bound, redrawn where that is uneven. */
  private int below(int bound) {
    long product = bits() * bound;
    if ((product & LOW) < bound) {
      long uneven = (1L << 32) % bound;
      while ((product & LOW) < uneven) {
        product = bits() * bound;
      }
    }
    return (int) (product >>> 32);
  }

  private long bits() {
    if (word == 0) {
      generator.block(block++);
    }
    long bits = generator.word(word) & LOW;
    word = (word + 1) & 3;
    return bits;
  }
}

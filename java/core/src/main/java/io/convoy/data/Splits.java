// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.util.stream.IntStream;

/**
 * A training set of which a part is held back.
 *
 * @param train what is trained on
 * @param validation what is held back
 */
public record Splits(Dataset train, Dataset validation) {
  /**
   * Holds back the last instances, as Keras' {@code validation_split}: before any shuffle, so that
   * they are the same whatever the seed. The training set gets floor(size (1 - fraction)), computed
   * in double.
   *
   * @param data what is split; not copied
   * @param fraction the share held back, above 0 and below 1
   * @return both parts
   * @throws IllegalArgumentException if the fraction is outside, or one part would be empty
   */
  public static Splits validation(Dataset data, double fraction) {
    int train = trainSize(data.size(), fraction);
    return new Splits(data.range(0, train), data.range(train, data.size()));
  }

  /**
   * Holds back as large a share at random, and about the same share of each class.
   *
   * @param data what is split; not copied
   * @param fraction the share held back, above 0 and below 1
   * @param seed which of the possible splits
   * @return both parts, each in mixed order
   * @throws IllegalArgumentException if the fraction is outside, or one part would be empty
   */
  public static Splits stratified(Dataset data, double fraction, long seed) {
    int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
    int[] order = Stratified.order(labels, data.classes(), seed);
    return validation(new DatasetSelection(data, order), fraction);
  }

  /** Returns how many of {@code size} instances are not held back. */
  static int trainSize(int size, double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the share held back must be above 0 and below 1, is " + fraction);
    }
    int train = (int) Math.floor(size * (1 - fraction));
    if (train == 0 || train == size) {
      throw new IllegalArgumentException(
          String.format(
              "a share of %s held back leaves %d of %d instances for training and %d held back; both"
                  + " need at least one. Choose another",
              fraction, train, size, size - train));
    }
    return train;
  }
}

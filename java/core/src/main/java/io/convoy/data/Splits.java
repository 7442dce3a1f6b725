// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

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
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "the validation split must be above 0 and below 1, is " + fraction);
    }
    int train = (int) Math.floor(data.size() * (1 - fraction));
    if (train == 0 || train == data.size()) {
      throw new IllegalArgumentException(
          String.format(
              "a validation split of %s leaves %d of %d instances for training and %d for"
                  + " validation; both need at least one. Choose another fraction",
              fraction, train, data.size(), data.size() - train));
    }
    return new Splits(data.range(0, train), data.range(train, data.size()));
  }
}

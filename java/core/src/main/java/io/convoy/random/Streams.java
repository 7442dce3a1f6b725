// SPDX-License-Identifier: Apache-2.0
package io.convoy.random;

/** Numbers the streams of {@link Philox}, so that no two uses share random bits. */
public final class Streams {
  private static final int INITIAL_VALUE = 1 << 24;
  private static final int DROPOUT = 2 << 24;
  private static final int SHUFFLE = 3 << 24;
  private static final int STRATIFICATION = 8 << 24;
  private static final int AUGMENTATION = 9 << 24;

  private Streams() {}

  /**
   * The initial values of a variable.
   *
   * @param ordinal how many randomly initialised variables the graph had before
   * @return the stream
   */
  public static int initialValue(int ordinal) {
    return INITIAL_VALUE + ordinal;
  }

  /**
   * The masks of a dropout op.
   *
   * @param ordinal how many dropout ops the graph had before
   * @return the stream
   */
  public static int dropout(int ordinal) {
    return DROPOUT + ordinal;
  }

  /**
   * The order of the training examples.
   *
   * @return the stream
   */
  public static int shuffle() {
    return SHUFFLE;
  }

  /**
   * Which instances of a class go to which part of a split.
   *
   * @return the stream
   */
  public static int stratification() {
    return STRATIFICATION;
  }

  /**
   * How images are augmented.
   *
   * @param ordinal how many augmenting ops the graph had before
   * @return the stream
   */
  public static int augmentation(int ordinal) {
    return AUGMENTATION + ordinal;
  }
}

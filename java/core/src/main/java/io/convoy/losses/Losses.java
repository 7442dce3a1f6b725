// SPDX-License-Identifier: Apache-2.0
package io.convoy.losses;

import java.util.List;

/** The losses, with Keras' names. */
public final class Losses {
  /** Class numbers against softmax outputs. */
  public static final Loss SPARSE_CATEGORICAL_CROSSENTROPY =
      new CategoricalCrossentropy(true, false, 0);

  /** Class numbers against logits. */
  public static final Loss SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS =
      new CategoricalCrossentropy(true, true, 0);

  /** Distributions (one-hot labels) against softmax outputs. */
  public static final Loss CATEGORICAL_CROSSENTROPY = new CategoricalCrossentropy(false, false, 0);

  /** Distributions (one-hot labels) against logits. */
  public static final Loss CATEGORICAL_CROSSENTROPY_FROM_LOGITS =
      new CategoricalCrossentropy(false, true, 0);

  /** Labels in [0, 1] against sigmoid outputs. */
  public static final Loss BINARY_CROSSENTROPY = new BinaryCrossentropy(false);

  /** Labels in [0, 1] against logits. */
  public static final Loss BINARY_CROSSENTROPY_FROM_LOGITS = new BinaryCrossentropy(true);

  /** Mean of squared differences. */
  public static final Loss MEAN_SQUARED_ERROR = new MeanSquaredError();

  private static final List<Loss> ALL =
      List.of(
          SPARSE_CATEGORICAL_CROSSENTROPY,
          SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS,
          CATEGORICAL_CROSSENTROPY,
          CATEGORICAL_CROSSENTROPY_FROM_LOGITS,
          BINARY_CROSSENTROPY,
          BINARY_CROSSENTROPY_FROM_LOGITS,
          MEAN_SQUARED_ERROR);

  private Losses() {}

  /**
   * Categorical cross-entropy with label smoothing, of class numbers against softmax outputs.
   *
   * @param smoothing share of the label spread over all classes, from 0 to below 1
   * @return the loss
   */
  public static Loss sparseCategoricalCrossentropy(double smoothing) {
    return new CategoricalCrossentropy(true, false, (float) smoothing);
  }

  /**
   * Finds a loss by its name.
   *
   * @param name what {@link Loss#name} returned
   * @return the loss
   * @throws IllegalArgumentException if there is none
   */
  public static Loss byName(String name) {
    for (Loss loss : ALL) {
      if (loss.name().equals(name)) {
        return loss;
      }
    }
    return CategoricalCrossentropy.smoothed(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "loss '"
                        + name
                        + "' is unknown; there are "
                        + ALL.stream().map(Loss::name).toList()));
  }
}

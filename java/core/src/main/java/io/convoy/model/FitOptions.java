// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.callbacks.Callback;
import io.convoy.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a model is fitted.
 *
 * @param epochs how often all training instances are seen
 * @param batchSize instances a step
 * @param validationSplit share of the training set, its last part, that is kept for validation; 0
 *     for none
 * @param validation a validation set of its own, if any
 * @param shuffle whether each epoch has an order of its own, keyed by the model's seed
 * @param callbacks what happens beside, in order
 * @param from where to go on; its variables must have been restored
 */
public record FitOptions(
    int epochs,
    int batchSize,
    double validationSplit,
    Optional<Dataset> validation,
    boolean shuffle,
    List<Callback> callbacks,
    Position from) {

  /**
   * Checks the numbers.
   *
   * @param epochs the component
   * @param batchSize the component
   * @param validationSplit the component
   * @param validation the component
   * @param shuffle the component
   * @param callbacks the component
   * @param from the component
   */
  public FitOptions {
    require(epochs >= 1, "epochs must be at least 1, is " + epochs);
    require(batchSize >= 1, "the batch size must be at least 1, is " + batchSize);
    require(
        validationSplit >= 0 && validationSplit < 1,
        "the validation split must be in [0, 1), is " + validationSplit);
    require(
        validation.isEmpty() || validationSplit == 0,
        "give a validation set or a validation split, not both");
    callbacks = List.copyOf(callbacks);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * Keras' defaults: batches of 32, no validation, shuffled.
   *
   * @param epochs how often all training instances are seen
   * @return the options
   */
  public static FitOptions epochs(int epochs) {
    return new FitOptions(epochs, 32, 0, Optional.empty(), true, List.of(), Position.start());
  }

  /**
   * Sets the batch size.
   *
   * @param changed instances a step
   * @return the changed options
   */
  public FitOptions batchSize(int changed) {
    return new FitOptions(epochs, changed, validationSplit, validation, shuffle, callbacks, from);
  }

  /**
   * Keeps the last part of the training set for validation.
   *
   * @param changed its share
   * @return the changed options
   */
  public FitOptions validationSplit(double changed) {
    return new FitOptions(epochs, batchSize, changed, validation, shuffle, callbacks, from);
  }

  /**
   * Validates on a set of its own.
   *
   * @param changed the set
   * @return the changed options
   */
  public FitOptions validation(Dataset changed) {
    return new FitOptions(
        epochs, batchSize, validationSplit, Optional.of(changed), shuffle, callbacks, from);
  }

  /**
   * Sets whether each epoch has an order of its own.
   *
   * @param changed whether it has
   * @return the changed options
   */
  public FitOptions shuffle(boolean changed) {
    return new FitOptions(epochs, batchSize, validationSplit, validation, changed, callbacks, from);
  }

  /**
   * Adds callbacks.
   *
   * @param more called behind those that are there
   * @return the changed options
   */
  public FitOptions callbacks(Callback... more) {
    List<Callback> all = new ArrayList<>(callbacks);
    all.addAll(List.of(more));
    return new FitOptions(epochs, batchSize, validationSplit, validation, shuffle, all, from);
  }

  /**
   * Goes on from a position, with the variables restored.
   *
   * @param position where the fit stood
   * @return the changed options
   */
  public FitOptions from(Position position) {
    return new FitOptions(
        epochs, batchSize, validationSplit, validation, shuffle, callbacks, position);
  }
}

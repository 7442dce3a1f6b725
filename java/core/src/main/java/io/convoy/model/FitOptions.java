// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.callbacks.Callback;
import io.convoy.data.ClassWeights;
import io.convoy.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model is fitted.
 *
 * @param epochs how often all training instances are seen
 * @param batchSize instances a step
 * @param validationSplit share of the training set, its last part, that is kept for validation; 0
 *     for none
 * @param validation a validation set of its own, if any
 * @param classWeight what the training loss of an instance is multiplied by, by its class; 1 for
 *     classes that aren't in it
 * @param accumulate batches a step, whose gradients are summed up
 * @param shuffle whether each epoch has an order of its own, keyed by the model's seed
 * @param callbacks what happens beside, in order
 * @param from where to go on; its variables must have been restored
 */
public record FitOptions(
    int epochs,
    int batchSize,
    double validationSplit,
    Optional<Dataset> validation,
    Map<Integer, Double> classWeight,
    int accumulate,
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
   * @param classWeight the component
   * @param accumulate the component
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
    require(accumulate >= 1, "a step takes at least 1 batch, is " + accumulate);
    require(
        (long) batchSize * accumulate <= Integer.MAX_VALUE,
        "a step of " + accumulate + " batches of " + batchSize + " has too many instances");
    classWeight.forEach((label, weight) -> ClassWeights.require("class", label, weight));
    classWeight = Map.copyOf(classWeight);
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
    return new FitOptions(
        epochs, 32, 0, Optional.empty(), Map.of(), 1, true, List.of(), Position.start());
  }

  /** Returns how many instances a step takes: the weights are changed as by a batch of so many. */
  int stepSize() {
    return batchSize * accumulate;
  }

  /** Checks that there is a whole step in a training set, and that it has the weighed classes. */
  void requireFits(Dataset train) {
    String step = accumulate == 1 ? "a batch of " : "a step of " + accumulate + " batches of ";
    require(
        stepSize() <= train.size(),
        step
            + batchSize
            + " is larger than the training set of "
            + train.size()
            + " instances; choose a batch size of at most that");
    for (int label : classWeight.keySet()) {
      require(
          label >= 0 && label < train.classes(),
          "class "
              + label
              + " has a weight, but the data's classes are 0 to "
              + (train.classes() - 1));
    }
  }

  /**
   * Sets the batch size.
   *
   * @param changed instances a step
   * @return the changed options
   */
  public FitOptions batchSize(int changed) {
    return new FitOptions(
        epochs,
        changed,
        validationSplit,
        validation,
        classWeight,
        accumulate,
        shuffle,
        callbacks,
        from);
  }

  /**
   * Keeps the last part of the training set for validation.
   *
   * @param changed its share
   * @return the changed options
   */
  public FitOptions validationSplit(double changed) {
    return new FitOptions(
        epochs, batchSize, changed, validation, classWeight, accumulate, shuffle, callbacks, from);
  }

  /**
   * Validates on a set of its own.
   *
   * @param changed the set
   * @return the changed options
   */
  public FitOptions validation(Dataset changed) {
    return new FitOptions(
        epochs,
        batchSize,
        validationSplit,
        Optional.of(changed),
        classWeight,
        accumulate,
        shuffle,
        callbacks,
        from);
  }

  /**
   * Sets whether each epoch has an order of its own.
   *
   * @param changed whether it has
   * @return the changed options
   */
  public FitOptions shuffle(boolean changed) {
    return new FitOptions(
        epochs,
        batchSize,
        validationSplit,
        validation,
        classWeight,
        accumulate,
        changed,
        callbacks,
        from);
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
    return new FitOptions(
        epochs,
        batchSize,
        validationSplit,
        validation,
        classWeight,
        accumulate,
        shuffle,
        all,
        from);
  }

  /**
   * Multiplies the training loss of each instance by the weight of its class: Keras' {@code
   * class_weight}. The loss of a step stays the sum divided by the number of instances, not by the
   * sum of their weights; {@link ClassWeights#balanced} has a mean weight of 1. The reported
   * training loss is weighed, metrics and validation are not.
   *
   * @param weights by class, finite and at least 0; 1 for classes that aren't in it
   * @return the changed options
   */
  public FitOptions classWeight(Map<Integer, Double> weights) {
    return new FitOptions(
        epochs,
        batchSize,
        validationSplit,
        validation,
        weights,
        accumulate,
        shuffle,
        callbacks,
        from);
  }

  /**
   * Takes several batches a step, one after the other, and changes the weights once by the sum of
   * their gradients: as a batch of all their instances would, with the memory of one. That is exact
   * but for rounding, except that batch normalisation sees each batch alone. Steps, schedules and
   * callbacks count changes of the weights; the last step of an epoch may have fewer batches.
   *
   * @param batches how many, at least 1
   * @return the changed options
   */
  public FitOptions accumulate(int batches) {
    return new FitOptions(
        epochs,
        batchSize,
        validationSplit,
        validation,
        classWeight,
        batches,
        shuffle,
        callbacks,
        from);
  }

  /**
   * Goes on from a position, with the variables restored.
   *
   * @param position where the fit stood
   * @return the changed options
   */
  public FitOptions from(Position position) {
    return new FitOptions(
        epochs,
        batchSize,
        validationSplit,
        validation,
        classWeight,
        accumulate,
        shuffle,
        callbacks,
        position);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.callbacks;

import io.convoy.model.LearningRate;
import io.convoy.model.Model;
import io.convoy.model.Position;

/** How a fit stands, as callbacks see it. */
public interface Fit {
  /**
   * Returns the model.
   *
   * @return what is fitted
   */
  Model model();

  /**
   * Returns the current epoch.
   *
   * @return from 1
   */
  int epoch();

  /**
   * Returns how many epochs there will be.
   *
   * @return epochs in all
   */
  int epochs();

  /**
   * Tells whether epochs end with a validation.
   *
   * @return true if each {@link io.convoy.model.EpochResult} will have one
   */
  boolean validates();

  /**
   * Returns the learning rate, which callbacks may change.
   *
   * @return the rate on the device
   */
  LearningRate learningRate();

  /**
   * Returns how many steps of the epoch are done.
   *
   * @return from 0 to {@link #steps}
   */
  int step();

  /**
   * Returns the length of an epoch.
   *
   * @return steps
   */
  int steps();

  /**
   * Returns how many instances of the epoch are done.
   *
   * @return instances
   */
  long instances();

  /**
   * Returns the time of the epoch so far.
   *
   * @return seconds
   */
  double seconds();

  /**
   * Returns the training speed in this epoch since it was begun or resumed.
   *
   * @return instances a second
   */
  double imagesPerSecond();

  /**
   * Reads the loss from the device, waiting for the last step.
   *
   * @return mean over the instances of the epoch so far
   */
  double loss();

  /**
   * Reads a metric from the device, waiting for the last step.
   *
   * @param index in the order of compilation
   * @return of the instances of the epoch so far
   */
  double metric(int index);

  /**
   * Returns where the fit stands.
   *
   * @return enough to go on from, together with the model's variables
   */
  Position position();

  /** Ends the fit after the current step, as if the epochs were done; it keeps no partial epoch. */
  void stop();
}

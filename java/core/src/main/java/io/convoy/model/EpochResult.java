// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an epoch brought.
 *
 * @param epoch its number, from 1
 * @param training loss and metrics of the training batches, as they were while training
 * @param validation loss and metrics of the validation set behind the epoch, if there is one
 * @param seconds time of the training steps and the validation, in seconds
 * @param imagesPerSecond training instances a second, validation not counted
 */
public record EpochResult(
    int epoch,
    Evaluation training,
    Optional<Evaluation> validation,
    double seconds,
    double imagesPerSecond) {
  /** What stands before the names of validation in {@link #logs}. */
  public static final String VALIDATION_PREFIX = "val_";

  /**
   * Returns loss and metrics under the names they have in Keras' logs.
   *
   * @return {@code loss}, the metrics by name, then the same of the validation, if there is one, as
   *     {@code val_loss} and so on; in this order
   */
  public Map<String, Double> logs() {
    Map<String, Double> logs = new LinkedHashMap<>();
    put(logs, "", training);
    validation.ifPresent(v -> put(logs, VALIDATION_PREFIX, v));
    return logs;
  }

  private static void put(Map<String, Double> logs, String prefix, Evaluation evaluation) {
    logs.put(prefix + "loss", evaluation.loss());
    evaluation.metrics().forEach((name, value) -> logs.put(prefix + name, value));
  }
}

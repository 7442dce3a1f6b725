// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

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
    double imagesPerSecond) {}

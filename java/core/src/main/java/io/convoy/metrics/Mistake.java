// SPDX-License-Identifier: Apache-2.0
package io.convoy.metrics;

/**
 * An instance whose class was not predicted.
 *
 * @param instance its index in the data set
 * @param label its class
 * @param predicted the class that was predicted
 * @param labelOutput the model's output for its class; behind softmax or sigmoid a probability
 * @param predictedOutput the model's output for the predicted class
 */
public record Mistake(
    int instance, int label, int predicted, float labelOutput, float predictedOutput) {}

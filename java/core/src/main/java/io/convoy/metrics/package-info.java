// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics, with Keras' names, which only build graph; and what is measured of a set as a whole:
 * confusion matrix and area under the ROC curve.
 */
package io.convoy.metrics;

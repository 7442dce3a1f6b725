// SPDX-License-Identifier: Apache-2.0
/** Metrics, with Keras' names; they only build graph. */
package io.convoy.metrics;

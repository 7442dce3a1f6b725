// SPDX-License-Identifier: Apache-2.0
/** Optimizers, with Keras' names; they only build graph. */
package io.convoy.optimizers;

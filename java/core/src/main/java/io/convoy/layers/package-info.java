// SPDX-License-Identifier: Apache-2.0
/** Layers, with Keras' names; they hold their settings and only build graph. */
package io.convoy.layers;

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

/**
 * A layer that changes images at random while training and does nothing at inference. It stands
 * between a network's input and the first layer with weights, for it has no gradient.
 */
public interface Augmenting extends Layer {}

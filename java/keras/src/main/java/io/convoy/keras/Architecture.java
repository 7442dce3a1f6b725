// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.model.Network;
import java.util.Set;

/**
 * A network, and which of its weights Keras' files don't hold: the {@code gamma} of a batch
 * normalisation with {@code scale=False}, the {@code beta} of one with {@code center=False}.
 *
 * @param network the network
 * @param absent names {@code layer/gamma}, {@code layer/beta}
 */
record Architecture(Network network, Set<String> absent) {}

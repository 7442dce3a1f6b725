// SPDX-License-Identifier: Apache-2.0
/** Losses, with Keras' names; they only build graph. */
package io.convoy.losses;

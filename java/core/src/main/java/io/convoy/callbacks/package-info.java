// SPDX-License-Identifier: Apache-2.0
/**
 * What happens beside training: progress, checkpoints, changes of the rate, logs, and one's own.
 *
 * <p>Keras' {@code TerminateOnNaN} needs no callback: every fit ends with a {@link
 * io.convoy.model.NonFiniteLossException} if its loss becomes NaN or infinite.
 */
package io.convoy.callbacks;

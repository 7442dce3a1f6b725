// SPDX-License-Identifier: Apache-2.0
package io.convoy.backend;

/**
 * How long a part of a run took.
 *
 * @param step what was done, as in {@link Executable#dump}, in one line
 * @param nanos nanoseconds until it was finished
 */
public record StepTime(String step, long nanos) {}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import java.nio.ByteBuffer;

/**
 * What goes between host and device at each run.
 *
 * @param host memory by {@link Gpu#allocateHost}, of as many bytes as the buffer
 * @param device the other end
 */
public record Transfer(ByteBuffer host, Buffer device) {}

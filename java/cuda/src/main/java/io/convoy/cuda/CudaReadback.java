// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import io.convoy.backend.Readback;
import io.convoy.cuda.device.Pipeline;
import java.nio.ByteBuffer;

/**
 * A run without steps, in order with all others, that copies a variable to the host.
 *
 * @param value where to
 * @param copy the run
 */
record CudaReadback(ByteBuffer value, Pipeline copy) implements Readback {
  @Override
  public void start() {
    copy.run();
  }

  @Override
  public ByteBuffer await() {
    copy.await();
    return value;
  }
}

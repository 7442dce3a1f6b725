// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.backend.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Memory that the convolutions of a pipeline share, one after the other. */
final class Workspace {
  private long bytes;
  private final List<LongConsumer> users = new ArrayList<>();

  /**
   * Makes it at least as large, before it is allocated.
   *
   * @param user is told the address once there is one; 0 if nobody needs any
   */
  void require(long atLeast, LongConsumer user) {
    bytes = Math.max(bytes, atLeast);
    users.add(user);
  }

  void allocate(JCudaGpu gpu, Resources owner) {
    long address = bytes == 0 ? 0 : owner.own(gpu.allocate(bytes, "cuDNN's workspace"), gpu::free);
    users.forEach(user -> user.accept(address));
  }

  long bytes() {
    return bytes;
  }
}

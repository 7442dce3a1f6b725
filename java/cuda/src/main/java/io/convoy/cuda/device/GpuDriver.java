// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.device;

import io.convoy.backend.Availability;

/** What finds and opens GPUs. */
public interface GpuDriver {
  /**
   * Looks for GPUs and for the libraries that they need.
   *
   * @return the GPUs, or why there is none that works and the one thing to do
   */
  Availability probe();

  /**
   * Opens a GPU.
   *
   * @param index which of those that {@link #probe} found, from 0
   * @return the GPU, owned by the caller
   */
  Gpu open(int index);
}

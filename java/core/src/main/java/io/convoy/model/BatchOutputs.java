// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.nio.FloatBuffer;

/** Sees what a network puts out for each batch of a data set. */
@FunctionalInterface
public interface BatchOutputs {
  /**
   * Sees a batch.
   *
   * @param from index of the batch's first instance in the data set
   * @param count instances in the batch
   * @param outputs {@code [count, ...]}, valid during the call
   */
  void accept(int from, int count, FloatBuffer outputs);
}

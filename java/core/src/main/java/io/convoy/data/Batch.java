// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Tensor;

/**
 * Some instances, as a session is fed with them.
 *
 * @param features FLOAT32 {@code [batch, instance...]}
 * @param labels INT32 {@code [batch]}
 */
public record Batch(Tensor features, Tensor labels) {
  /**
   * Returns the number of instances.
   *
   * @return at least 1
   */
  public int size() {
    return labels.spec().shape().dim(0);
  }
}

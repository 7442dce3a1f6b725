// SPDX-License-Identifier: Apache-2.0
package io.convoy.session;

import io.convoy.graph.Value;
import io.convoy.tensor.Tensor;

/**
 * A placeholder and what it is fed with.
 *
 * @param placeholder the placeholder
 * @param tensor its value for one run
 */
public record Feed(Value placeholder, Tensor tensor) {
  /**
   * Feeds a placeholder.
   *
   * @param placeholder the placeholder
   * @param tensor its value for one run
   * @return the feed
   */
  public static Feed feed(Value placeholder, Tensor tensor) {
    return new Feed(placeholder, tensor);
  }
}

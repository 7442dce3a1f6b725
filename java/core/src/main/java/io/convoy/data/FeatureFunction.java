// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.nio.FloatBuffer;

/** Changes the features of one instance where they are, for {@link Dataset#map}. */
@FunctionalInterface
public interface FeatureFunction {
  /**
   * Changes an instance. It runs in every training step, in any thread: it should allocate nothing,
   * keep nothing, and make the same of the same values.
   *
   * @param features holds the instance's values, row-major, among others'
   * @param from index of the first of them
   * @param to index behind the last of them
   */
  void apply(FloatBuffer features, int from, int to);
}

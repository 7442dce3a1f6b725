// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.ops.PoolSpec;

/** Keras' words for the kinds of pooling. */
final class PoolingNames {
  private PoolingNames() {}

  static String of(PoolSpec.Kind kind) {
    switch (kind) {
      case MAX:
        return "Max";
      case MIN:
        return "Min";
      default:
        return "Average";
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Keras' names for layers without one: the class in snake case, numbered when it repeats. */
public final class LayerNames {
  private final Map<String, Integer> used = new HashMap<>();

  /** Starts with no name used. */
  public LayerNames() {}

  /**
   * Names the next layer.
   *
   * @param layer the layer
   * @return {@code conv2d}, {@code conv2d_1} …; {@code input} for an input layer
   */
  public String next(Layer layer) {
    String base =
        layer instanceof InputLayer
            ? "input"
            : layer
                .className()
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    int count = used.merge(base, 1, Integer::sum);
    return count == 1 ? base : base + "_" + (count - 1);
  }
}

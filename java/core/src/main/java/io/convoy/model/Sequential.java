// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.layers.Layer;
import io.convoy.layers.LayerNames;
import java.util.ArrayList;
import java.util.List;

/** A network whose layers stand in a row, the first an {@code input(...)}. */
public final class Sequential extends Network {
  /**
   * Makes a network.
   *
   * @param name its name
   * @param layers the layers, each applied to the one before
   * @throws IllegalArgumentException if the first is not an input
   */
  public Sequential(String name, Layer... layers) {
    super(name, row(layers));
  }

  private static List<Entry> row(Layer... layers) {
    LayerNames names = new LayerNames();
    List<Entry> entries = new ArrayList<>();
    for (Layer layer : layers) {
      List<Integer> inbound = entries.isEmpty() ? List.of() : List.of(entries.size() - 1);
      entries.add(new Entry(names.next(layer), layer, inbound));
    }
    return entries;
  }
}

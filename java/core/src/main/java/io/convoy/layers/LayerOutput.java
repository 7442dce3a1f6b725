// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import java.util.List;

/**
 * The output of a layer that was applied to others' outputs: what functional networks are drawn
 * with. Compared by identity: applying a layer twice gives two outputs.
 */
public final class LayerOutput {
  private final Layer layer;
  private final List<LayerOutput> inputs;

  LayerOutput(Layer layer, List<LayerOutput> inputs) {
    this.layer = layer;
    this.inputs = inputs;
  }

  /**
   * Returns the layer.
   *
   * @return what makes the output
   */
  public Layer layer() {
    return layer;
  }

  /**
   * Returns what the layer was applied to.
   *
   * @return its inputs, in order
   */
  public List<LayerOutput> inputs() {
    return inputs;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Value;
import java.util.List;

/**
 * A layer: settings, and how to turn them into graph. It holds no weights, so one layer may stand
 * in several networks. Configure it before use.
 */
public interface Layer {
  /**
   * Adds the layer to a graph.
   *
   * @param scope where the layer stands: its name, its weights, training or inference
   * @param inputs what it is applied to
   * @return its output
   * @throws IllegalArgumentException if the inputs don't fit; the message names layer and shapes
   */
  Value build(LayerScope scope, List<Value> inputs);

  /**
   * Writes the settings.
   *
   * @return everything {@link LayerJson} needs to make an equal layer
   */
  Config config();

  /**
   * Returns the kind of layer.
   *
   * @return Keras' class name, such as {@code Conv2D}
   */
  default String className() {
    return getClass().getSimpleName();
  }

  /**
   * Sets whether optimizers change the layer's weights; they do by default. As in Keras, batch
   * normalisation that is not trainable does what it does at inference, and a penalty on weights
   * that don't change is left out.
   *
   * @param trainable false to freeze the layer
   * @return the layer so; set everything else before
   */
  default Layer trainable(boolean trainable) {
    return trainable ? this : new FrozenLayer(this);
  }

  /**
   * Applies the layer to others' outputs: the functional style.
   *
   * @param inputs what it is applied to
   * @return its output
   */
  default LayerOutput apply(LayerOutput... inputs) {
    return new LayerOutput(this, List.of(inputs));
  }
}

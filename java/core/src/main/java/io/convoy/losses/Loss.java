// SPDX-License-Identifier: Apache-2.0
package io.convoy.losses;

import io.convoy.graph.Value;
import io.convoy.tensor.Shape;
import io.convoy.tensor.TensorSpec;

/** How wrong predictions are, instance by instance; training minimises the mean over a batch. */
public interface Loss {
  /**
   * Returns what identifies the loss in files.
   *
   * @return Keras' name, such as {@code sparse_categorical_crossentropy}
   */
  String name();

  /**
   * Tells what labels it wants.
   *
   * @param predictions the shape of the network's output, its batch open
   * @return type and shape of the labels, the batch open
   * @throws IllegalArgumentException if it can't judge predictions of that shape
   */
  TensorSpec labels(Shape predictions);

  /**
   * Adds the loss to a graph.
   *
   * @param labels as {@link #labels} says
   * @param predictions the network's output
   * @return FLOAT32 {@code [N]}
   */
  Value perInstance(Value labels, Value predictions);
}

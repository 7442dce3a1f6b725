// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.tensor.Shape;
import java.util.List;

/**
 * A layer at its place in a network, with all that can be said without weights.
 *
 * @param name unique in the network
 * @param type Keras' class name, such as {@code Conv2D}
 * @param inbound indices of the layers it is applied to, all smaller than its own
 * @param output shape of its output, the batch open
 * @param parameters its weights' elements, trainable or not
 * @param trainable those of them that optimizers update
 * @param ops what it computes in inference, in order; empty for one that hands its input on, such
 *     as Dropout
 */
public record LayerInfo(
    String name,
    String type,
    List<Integer> inbound,
    Shape output,
    long parameters,
    long trainable,
    List<Operation> ops) {
  /**
   * Copies the lists.
   *
   * @param name the component
   * @param type the component
   * @param inbound the component
   * @param output the component
   * @param parameters the component
   * @param trainable the component
   * @param ops the component
   */
  public LayerInfo {
    inbound = List.copyOf(inbound);
    ops = List.copyOf(ops);
  }

  /**
   * An op of a layer.
   *
   * @param label what it does, such as {@code Conv2D stride 1x1 SAME}
   * @param kernel number of the instruction that does it, from 0; ops with the same number are
   *     fused into one by the compile passes for inference, also across layers, on a backend that
   *     has the fused op
   */
  public record Operation(String label, int kernel) {}
}

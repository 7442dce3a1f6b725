// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.LayerNames;
import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights of a layer, in the order of Keras' layer: kernel, bias; gamma, beta, moving mean,
 * moving variance. That is Convoy's order, too, and so are all layouts but one.
 *
 * @param layer its name
 * @param path Keras 3's name of its group: the class in snake case, numbered
 * @param slots the weights
 */
record LayerWeights(String layer, String path, List<Slot> slots) {
  /**
   * A weight.
   *
   * @param name {@code layer/weight}
   * @param here Convoy's shape
   * @param keras Keras' shape, of the same elements in the same order
   */
  record Slot(String name, Shape here, Shape keras) {
    /** The weight's name in its layer, such as {@code kernel}. */
    String part() {
      return name.substring(name.lastIndexOf('/') + 1);
    }
  }

  /** Lists the layers of a network in Keras' order, those without weights, too. */
  static List<LayerWeights> of(Network network) {
    Graph graph = new Graph();
    network.inference(graph);
    Map<String, List<Value>> variables = new HashMap<>();
    for (Value variable : graph.variables()) {
      String name = variable.name();
      String layer = name.substring(0, name.lastIndexOf('/'));
      variables.computeIfAbsent(layer, l -> new ArrayList<>()).add(variable);
    }
    LayerNames paths = new LayerNames();
    List<LayerWeights> layers = new ArrayList<>();
    for (Network.Entry entry : KerasOrder.of(network)) {
      List<Slot> slots =
          variables.getOrDefault(entry.name(), List.of()).stream()
              .map(v -> new Slot(v.name(), v.shape(), kerasShape(entry, v.shape())))
              .toList();
      layers.add(new LayerWeights(entry.name(), paths.next(entry.layer()), slots));
    }
    return layers;
  }

  /** A depthwise kernel [kh,kw,1,C m] is [kh,kw,C,m] in Keras. */
  private static Shape kerasShape(Network.Entry entry, Shape shape) {
    if (!entry.layer().className().equals("DepthwiseConv2D") || shape.rank() != 4) {
      return shape;
    }
    int multiplier = entry.layer().config().integer("depth_multiplier");
    return Shape.of(shape.dim(0), shape.dim(1), shape.dim(3) / multiplier, multiplier);
  }
}

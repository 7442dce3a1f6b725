// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.model.LayerInfo;
import io.convoy.model.LayerInfo.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers that share a fused op, drawn as one; most often a layer alone.
 *
 * @param layers at least one, in order
 * @param inbound indices of the groups that it reads, each once
 */
record LayerGroup(List<LayerInfo> layers, List<Integer> inbound) {
  /** Groups a network's layers; groups stand before those that read them. */
  static List<LayerGroup> of(List<LayerInfo> layers) {
    List<LayerGroup> groups = new ArrayList<>();
    Map<Integer, Integer> byKernel = new HashMap<>();
    List<Integer> groupOf = new ArrayList<>();
    for (LayerInfo layer : layers) {
      Integer joined =
          layer.ops().stream()
              .map(op -> byKernel.get(op.kernel()))
              .filter(g -> g != null)
              .findFirst()
              .orElse(null);
      int group = joined == null ? groups.size() : joined;
      if (joined == null) {
        groups.add(new LayerGroup(new ArrayList<>(), new ArrayList<>()));
      }
      layer.ops().forEach(op -> byKernel.put(op.kernel(), group));
      groupOf.add(group);
      groups.get(group).add(layer, layer.inbound().stream().map(groupOf::get).toList(), group);
    }
    return groups;
  }

  private void add(LayerInfo layer, List<Integer> reads, int self) {
    layers.add(layer);
    reads.stream().filter(g -> g != self && !inbound.contains(g)).forEach(inbound::add);
  }

  /** Tells whether two of the ops are computed as one. */
  boolean isFused() {
    List<Integer> kernels =
        layers.stream().flatMap(l -> l.ops().stream()).map(Operation::kernel).toList();
    return kernels.stream().distinct().count() < kernels.size();
  }

  /**
   * Names a layer's ops: {@code +} joins those that are computed as one, also with the layer
   * before, and an arrow leads to the next.
   */
  String operations(int layer) {
    LayerInfo info = layers.get(layer);
    if (info.ops().isEmpty()) {
      return info.type();
    }
    int kernel = layer == 0 ? -1 : lastKernel(layers.get(layer - 1));
    StringBuilder text = new StringBuilder();
    for (Operation op : info.ops()) {
      String link = op.kernel() == kernel ? "+ " : text.isEmpty() ? "" : "→ ";
      text.append(text.isEmpty() ? "" : " ").append(link).append(op.label().split(" ")[0]);
      kernel = op.kernel();
    }
    return text.toString();
  }

  private static int lastKernel(LayerInfo layer) {
    return layer.ops().isEmpty() ? -1 : layer.ops().get(layer.ops().size() - 1).kernel();
  }
}

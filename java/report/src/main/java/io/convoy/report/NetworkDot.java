// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import io.convoy.model.LayerInfo;
import java.util.List;

/** Writes a network in Graphviz' language: a node a layer, a cluster for layers that are fused. */
final class NetworkDot {
  private static final String FUSED =
      " style=\"rounded,filled\" fillcolor=\"#ddf4ff\" color=\"#0969da\"";

  private NetworkDot() {}

  static String of(String name, List<LayerInfo> layers) {
    StringBuilder text = new StringBuilder("digraph ").append(quoted(name)).append(" {\n");
    text.append("  node [shape=box style=rounded fontname=\"monospace\" fontsize=10]\n");
    List<LayerGroup> groups = LayerGroup.of(layers);
    for (int g = 0; g < groups.size(); g++) {
      write(text, groups.get(g), g);
    }
    for (LayerInfo layer : layers) {
      for (int from : layer.inbound()) {
        text.append("  ").append(quoted(layers.get(from).name())).append(" -> ");
        text.append(quoted(layer.name())).append('\n');
      }
    }
    return text.append("}\n").toString();
  }

  private static void write(StringBuilder text, LayerGroup group, int number) {
    boolean cluster = group.layers().size() > 1;
    if (cluster) {
      text.append("  subgraph cluster_").append(number).append(" {\n    graph [");
      text.append(FUSED.strip()).append("]\n");
    }
    for (int i = 0; i < group.layers().size(); i++) {
      LayerInfo layer = group.layers().get(i);
      String label =
          layer.name()
              + "\n"
              + group.operations(i)
              + "\n"
              + Words.instance(layer.output())
              + (layer.parameters() == 0 ? "" : "\n" + Words.count(layer.parameters()) + " params");
      text.append(cluster ? "    " : "  ").append(quoted(layer.name()));
      text.append(" [label=").append(quoted(label));
      text.append(group.isFused() && !cluster ? FUSED : "").append("]\n");
    }
    text.append(cluster ? "  }\n" : "");
  }

  private static String quoted(String raw) {
    return '"' + raw.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.LayerScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A network as a table. */
final class Summary {
  private static final String ROW = "%-28s %-24s %-22s %12s  %s\n";

  private Summary() {}

  static String of(Network network) {
    Graph graph = new Graph();
    List<Value> outputs = network.build(new LayerScope(graph), Optional.empty(), false);
    StringBuilder text = new StringBuilder("Network: " + network.name() + "\n");
    text.append(format(ROW, "Layer", "Type", "Output shape", "Parameters", "Input"));
    for (int i = 0; i < outputs.size(); i++) {
      Network.Entry entry = network.entries().get(i);
      text.append(
          format(
              ROW,
              entry.name(),
              entry.layer().className(),
              outputs.get(i).shape(),
              format("%,d", parameters(graph.variables(), entry.name() + "/")),
              String.join(", ", inputs(network, entry))));
    }
    long all = parameters(graph.variables(), "");
    long trainable = parameters(graph.trainableVariables(), "");
    return text.append(format("Parameters: %,d (%,d trainable)\n", all, trainable)).toString();
  }

  /** The same text on every machine. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static long parameters(List<Value> variables, String prefix) {
    return variables.stream()
        .filter(v -> v.name().startsWith(prefix))
        .mapToLong(v -> v.shape().elements())
        .sum();
  }

  private static List<String> inputs(Network network, Network.Entry entry) {
    List<String> names = new ArrayList<>();
    for (int i : entry.inbound()) {
      names.add(network.entries().get(i).name());
    }
    return names;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A network as a table. */
final class Summary {
  private static final String ROW = "%-28s %-24s %-22s %12s  %s\n";

  private Summary() {}

  static String of(Network network) {
    List<LayerInfo> layers = network.layers();
    StringBuilder text = new StringBuilder("Network: " + network.name() + "\n");
    text.append(format(ROW, "Layer", "Type", "Output shape", "Parameters", "Input"));
    for (LayerInfo layer : layers) {
      text.append(
          format(
              ROW,
              layer.name(),
              layer.type(),
              layer.output(),
              format("%,d", layer.parameters()),
              inputs(layers, layer)));
    }
    long all = sum(layers, LayerInfo::parameters);
    long trainable = sum(layers, LayerInfo::trainable);
    return text.append(format("Parameters: %,d (%,d trainable)\n", all, trainable)).toString();
  }

  /** The same text on every machine. */
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static long sum(List<LayerInfo> layers, ToLongFunction<LayerInfo> count) {
    return layers.stream().mapToLong(count).sum();
  }

  private static String inputs(List<LayerInfo> layers, LayerInfo layer) {
    return layer.inbound().stream()
        .map(i -> layers.get(i).name())
        .collect(Collectors.joining(", "));
  }
}

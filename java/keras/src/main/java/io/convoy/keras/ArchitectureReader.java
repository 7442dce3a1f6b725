// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks out of Keras' JSON, of Sequential and Functional models. */
final class ArchitectureReader {
  private ArchitectureReader() {}

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException if the JSON is none of a model, or Convoy has no such layer or
   *     network; the message names the layer
   */
  static Architecture read(JsonObject json) {
    try {
      return architecture(ModelConfig.of(json));
    } catch (ClassCastException
        | IllegalStateException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NullPointerException
        | NumberFormatException e) {
      throw new IllegalArgumentException("the architecture is not as Keras writes it: " + e, e);
    }
  }

  private static Architecture architecture(ModelConfig model) {
    List<Network.Entry> entries = new ArrayList<>();
    Map<String, Integer> index = new HashMap<>();
    Set<String> absent = new HashSet<>();
    for (ModelConfig.AppliedLayer layer : model.layers()) {
      LayerConfig config = layer.config();
      List<Integer> inbound = new ArrayList<>();
      for (String input : layer.inputs()) {
        if (!index.containsKey(input)) {
          throw config.error("it is applied to '" + input + "', which is no layer before it");
        }
        inbound.add(index.get(input));
      }
      index.put(config.name(), entries.size());
      entries.add(new Network.Entry(config.name(), LayerReader.read(config), inbound));
      addAbsent(config, absent);
    }
    Network network = new Network(model.name(), entries);
    requireInnermostAxes(network, model);
    return new Architecture(network, absent);
  }

  private static void addAbsent(LayerConfig config, Set<String> absent) {
    if (config.className().equals("BatchNormalization")) {
      if (!config.flag("scale", true)) {
        absent.add(config.name() + "/gamma");
      }
      if (!config.flag("center", true)) {
        absent.add(config.name() + "/beta");
      }
    }
  }

  /** Keras counts axes from either end, and writes one as a number or a list. */
  private static void requireInnermostAxes(Network network, ModelConfig model) {
    List<Value> outputs = network.inference(new Graph());
    for (int i = 0; i < outputs.size(); i++) {
      LayerConfig config = model.layers().get(i).config();
      if (config.has("axis")) {
        JsonElement axis = config.get("axis");
        int number = axis.getAsInt(); // of a list of one, too
        int last = outputs.get(i).shape().rank() - 1;
        if (number != -1 && number != last) {
          throw config.error("axis=" + axis + " is not the innermost, on which Convoy works");
        }
      }
    }
  }
}

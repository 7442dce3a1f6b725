// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.model.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks as Keras' JSON: those whose layers stand in a row as Sequential, others as Functional.
 */
final class ArchitectureWriter {
  private final Network network;
  private final KerasForm form;

  private ArchitectureWriter(Network network, KerasForm form) {
    this.network = network;
    this.form = form;
  }

  static JsonObject write(Network network, KerasForm form) {
    ArchitectureWriter writer = new ArchitectureWriter(network, form);
    return writer.isRow() ? writer.sequential() : writer.functional();
  }

  private boolean isRow() {
    List<Network.Entry> entries = network.entries();
    for (int i = 1; i < entries.size(); i++) {
      if (!entries.get(i).inbound().equals(List.of(i - 1))) {
        return false;
      }
    }
    return true;
  }

  private JsonObject sequential() {
    JsonArray layers = new JsonArray();
    network.entries().forEach(entry -> layers.add(LayerWriter.write(entry, form)));
    return form.object("keras", "Sequential", config(layers));
  }

  private JsonObject config(JsonArray layers) {
    JsonObject config = new JsonObject();
    config.addProperty("name", network.name());
    config.add("layers", layers);
    return config;
  }

  private JsonObject functional() {
    Map<String, List<KerasForm.Input>> inputs = inputs();
    JsonArray layers = new JsonArray();
    for (Network.Entry entry : KerasOrder.of(network)) {
      JsonObject layer = LayerWriter.write(entry, form);
      layer.addProperty("name", entry.name());
      JsonArray nodes = new JsonArray();
      if (!entry.inbound().isEmpty()) {
        nodes.add(form.node(inputs.get(entry.name())));
      }
      layer.add("inbound_nodes", nodes);
      layers.add(layer);
    }
    JsonObject config = config(layers);
    List<Network.Entry> entries = network.entries();
    config.add("input_layers", end(entries.get(0)));
    config.add("output_layers", end(entries.get(entries.size() - 1)));
    return form.object("keras.src.models.functional", "Functional", config);
  }

  /** Keras 3 tells a model of one input from one that takes a list of one; Keras 2 lists it. */
  private JsonArray end(Network.Entry entry) {
    JsonArray reference = KerasForm.reference(entry.name());
    if (form == KerasForm.KERAS3) {
      return reference;
    }
    JsonArray list = new JsonArray();
    list.add(reference);
    return list;
  }

  private Map<String, List<KerasForm.Input>> inputs() {
    List<Value> outputs = network.inference(new Graph());
    List<Network.Entry> entries = network.entries();
    Map<String, List<KerasForm.Input>> inputs = new HashMap<>();
    for (Network.Entry entry : entries) {
      inputs.put(
          entry.name(),
          entry.inbound().stream()
              .map(i -> new KerasForm.Input(entries.get(i).name(), outputs.get(i).shape()))
              .toList());
    }
    return inputs;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.convoy.layers.LayerJson;
import java.util.ArrayList;
import java.util.List;

/** Networks as JSON: a name, and the layers with their names and what they are applied to. */
final class NetworkJson {
  private NetworkJson() {}

  static String write(Network network) {
    JsonObject json = new JsonObject();
    json.addProperty("name", network.name());
    JsonArray layers = new JsonArray();
    for (Network.Entry entry : network.entries()) {
      JsonObject layer = LayerJson.write(entry.layer());
      layer.addProperty("name", entry.name());
      JsonArray inbound = new JsonArray();
      entry.inbound().forEach(inbound::add);
      layer.add("inbound", inbound);
      layers.add(layer);
    }
    json.add("layers", layers);
    return json.toString();
  }

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException if the text is no network; the message says where
   */
  static Network read(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      List<Network.Entry> entries = new ArrayList<>();
      for (JsonElement element : json.getAsJsonArray("layers")) {
        JsonObject layer = element.getAsJsonObject();
        List<Integer> inbound = new ArrayList<>();
        layer.getAsJsonArray("inbound").forEach(i -> inbound.add(i.getAsInt()));
        String name = layer.get("name").getAsString();
        entries.add(new Network.Entry(name, LayerJson.read(layer), inbound));
      }
      return new Network(json.get("name").getAsString(), entries);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new IllegalArgumentException("not the JSON of a network: " + e.getMessage(), e);
    }
  }
}

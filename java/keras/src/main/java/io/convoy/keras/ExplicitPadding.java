// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerJson;
import io.convoy.layers.Layers;
import io.convoy.model.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Keras' windows are padded VALID or SAME: other amounts become a ZeroPadding2D before the layer.
 * For max pooling that is the same only where nothing is below zero.
 */
final class ExplicitPadding {
  private final Network network;
  private final List<Network.Entry> entries = new ArrayList<>();

  /** Where each of the network's entries now is. */
  private final List<Integer> moved = new ArrayList<>();

  private ExplicitPadding(Network network) {
    this.network = network;
  }

  /**
   * Rewrites a network; weights keep their names and shapes.
   *
   * @throws IllegalArgumentException if a pooling layer's padding can't be told so
   */
  static Network asLayers(Network network) {
    ExplicitPadding padding = new ExplicitPadding(network);
    network.entries().forEach(padding::add);
    return new Network(network.name(), padding.entries);
  }

  private void add(Network.Entry entry) {
    JsonObject json = LayerJson.write(entry.layer());
    JsonObject settings = json.getAsJsonObject("config");
    JsonElement amounts = settings.remove("padding_amounts");
    List<Integer> inbound = entry.inbound().stream().map(moved::get).toList();
    Layer layer = entry.layer();
    if (amounts != null) {
      requireZerosAreNeutral(entry);
      entries.add(new Network.Entry(entry.name() + "_pad", zeros(amounts), inbound));
      inbound = List.of(entries.size() - 1);
      settings.addProperty("padding", "valid");
      layer = LayerJson.read(json);
    }
    moved.add(entries.size());
    entries.add(new Network.Entry(entry.name(), layer, inbound));
  }

  private static Layer zeros(JsonElement amounts) {
    JsonObject json = LayerJson.write(Layers.zeroPadding2D(0));
    json.getAsJsonObject("config").add("padding", amounts);
    return LayerJson.read(json);
  }

  private void requireZerosAreNeutral(Network.Entry entry) {
    String name = entry.layer().className();
    if (name.endsWith("Pooling2D") && !(name.startsWith("Max") && isAfterRelu(entry))) {
      throw new IllegalArgumentException(
          "layer '"
              + entry.name()
              + "' ("
              + name
              + ") pads by amounts, which Keras can't say except for max pooling after a ReLU."
              + " Use VALID or SAME");
    }
  }

  private boolean isAfterRelu(Network.Entry entry) {
    Network.Entry before = network.entries().get(entry.inbound().get(0));
    JsonElement activation =
        LayerJson.write(before.layer()).getAsJsonObject("config").get("activation");
    return activation != null && activation.getAsString().equals("relu");
  }
}

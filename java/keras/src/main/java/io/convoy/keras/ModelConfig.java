// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's layers as Keras lists them, inputs before users.
 *
 * @param name of the model
 * @param layers the layers, the input first, the output last
 */
record ModelConfig(String name, List<AppliedLayer> layers) {
  /**
   * A layer and the names of those it is applied to.
   *
   * @param config its settings
   * @param inputs names of layers
   */
  record AppliedLayer(LayerConfig config, List<String> inputs) {}

  static ModelConfig of(JsonObject json) {
    String className = json.get("class_name").getAsString();
    return switch (className) {
      case "Sequential" -> sequential(json);
      case "Functional", "Model" -> functional(json.getAsJsonObject("config"));
      default ->
          throw new IllegalArgumentException(
              "the model is a '" + className + "'; Sequential and Functional ones can be read");
    };
  }

  private static LayerConfig config(JsonObject layer) {
    JsonObject config = layer.getAsJsonObject("config");
    JsonElement name = layer.has("name") ? layer.get("name") : config.get("name");
    return new LayerConfig(name.getAsString(), layer.get("class_name").getAsString(), config);
  }

  private static ModelConfig sequential(JsonObject json) {
    JsonObject model = json.getAsJsonObject("config");
    List<AppliedLayer> layers = new ArrayList<>();
    for (JsonElement element : model.getAsJsonArray("layers")) {
      LayerConfig layer = config(element.getAsJsonObject());
      if (layers.isEmpty() && !layer.className().equals("InputLayer")) {
        layers.add(new AppliedLayer(impliedInput(json, layer), List.of()));
      }
      List<String> inputs =
          layers.isEmpty() ? List.of() : List.of(layers.get(layers.size() - 1).config().name());
      layers.add(new AppliedLayer(layer, inputs));
    }
    return new ModelConfig(model.get("name").getAsString(), layers);
  }

  /** The shape may stand at the first layer, at the model, or at how it was built. */
  private static LayerConfig impliedInput(JsonObject json, LayerConfig first) {
    List<JsonObject> places = new ArrayList<>(List.of(first.json()));
    places.add(json.getAsJsonObject("config"));
    if (json.get("build_config") instanceof JsonObject built) {
      JsonObject place = new JsonObject();
      place.add("build_input_shape", built.get("input_shape"));
      places.add(place);
    }
    return places.stream()
        .map(place -> new LayerConfig("input", "InputLayer", place))
        .filter(InputShape::isIn)
        .findFirst()
        .orElseGet(() -> new LayerConfig("input", "InputLayer", new JsonObject()));
  }

  private static ModelConfig functional(JsonObject model) {
    List<AppliedLayer> layers = new ArrayList<>();
    for (JsonElement element : model.getAsJsonArray("layers")) {
      LayerConfig layer = config(element.getAsJsonObject());
      JsonArray nodes = element.getAsJsonObject().getAsJsonArray("inbound_nodes");
      if (nodes.size() > 1) {
        throw layer.error("it is applied " + nodes.size() + " times; Convoy shares no layers");
      }
      layers.add(new AppliedLayer(layer, LayerReference.names(nodes)));
    }
    requireEnd("inputs", model.get("input_layers"), layers.get(0));
    requireEnd("outputs", model.get("output_layers"), layers.get(layers.size() - 1));
    return new ModelConfig(model.get("name").getAsString(), layers);
  }

  private static void requireEnd(String what, JsonElement references, AppliedLayer layer) {
    List<String> names = LayerReference.names(references);
    if (!names.equals(List.of(layer.config().name()))) {
      throw new IllegalArgumentException(
          "the model's "
              + what
              + " are "
              + names
              + ", listed there is '"
              + layer.config().name()
              + "'; Convoy's networks have one input, the first layer, and one output, the last");
    }
  }
}

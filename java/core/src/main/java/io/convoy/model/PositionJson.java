// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Positions and what epochs brought, as JSON. */
final class PositionJson {
  private PositionJson() {}

  static String write(Position position) {
    JsonObject json = new JsonObject();
    json.addProperty("epoch", position.epoch());
    json.addProperty("step", position.step());
    json.addProperty("seconds", position.seconds());
    JsonArray history = new JsonArray();
    position.history().forEach(result -> history.add(write(result)));
    json.add("history", history);
    return json.toString();
  }

  static Position read(String text) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    List<EpochResult> history = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("history")) {
      history.add(result(element.getAsJsonObject()));
    }
    return new Position(
        json.get("epoch").getAsInt(),
        json.get("step").getAsInt(),
        json.get("seconds").getAsDouble(),
        history);
  }

  private static JsonObject write(EpochResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("epoch", result.epoch());
    json.add("training", write(result.training()));
    result.validation().ifPresent(v -> json.add("validation", write(v)));
    json.addProperty("seconds", result.seconds());
    json.addProperty("images_per_second", result.imagesPerSecond());
    return json;
  }

  private static EpochResult result(JsonObject json) {
    JsonElement validation = json.get("validation");
    return new EpochResult(
        json.get("epoch").getAsInt(),
        evaluation(json.getAsJsonObject("training")),
        Optional.ofNullable(validation).map(v -> evaluation(v.getAsJsonObject())),
        json.get("seconds").getAsDouble(),
        json.get("images_per_second").getAsDouble());
  }

  private static JsonObject write(Evaluation evaluation) {
    JsonObject metrics = new JsonObject();
    evaluation.metrics().forEach(metrics::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("loss", evaluation.loss());
    json.add("metrics", metrics);
    return json;
  }

  private static Evaluation evaluation(JsonObject json) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    json.getAsJsonObject("metrics")
        .entrySet()
        .forEach(e -> metrics.put(e.getKey(), e.getValue().getAsDouble()));
    return new Evaluation(json.get("loss").getAsDouble(), metrics);
  }
}

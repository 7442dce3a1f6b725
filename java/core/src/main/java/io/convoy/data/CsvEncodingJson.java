// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/** Encodings as JSON. Numbers come back as they were, bit for bit. */
final class CsvEncodingJson {
  private static final String NAME = "name";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String CATEGORIES = "categories";

  private CsvEncodingJson() {}

  static String write(CsvEncoding encoding) {
    JsonObject json = new JsonObject();
    json.add("target", write(encoding.target()));
    JsonArray columns = new JsonArray();
    encoding.columns().forEach(column -> columns.add(write(column)));
    json.add("columns", columns);
    return json.toString();
  }

  private static JsonObject write(CsvColumn column) {
    JsonObject json = new JsonObject();
    json.addProperty(NAME, column.name());
    if (column instanceof CsvColumn.Continuous continuous) {
      json.addProperty(MEAN, continuous.mean());
      json.addProperty(DEVIATION, continuous.deviation());
    } else {
      JsonArray categories = new JsonArray();
      ((CsvColumn.Discrete) column).categories().keySet().forEach(categories::add);
      json.add(CATEGORIES, categories);
    }
    return json;
  }

  /**
   * Reads an encoding.
   *
   * @throws IllegalArgumentException if the text is none; the message says why
   */
  static CsvEncoding read(String text) {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      List<CsvColumn> columns = new ArrayList<>();
      for (JsonElement column : json.getAsJsonArray("columns")) {
        columns.add(column(column.getAsJsonObject()));
      }
      return new CsvEncoding(discrete(json.getAsJsonObject("target")), columns);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new IllegalArgumentException("not the JSON of an encoding: " + e.getMessage(), e);
    }
  }

  private static CsvColumn column(JsonObject json) {
    if (json.has(CATEGORIES)) {
      return discrete(json);
    }
    String name = json.get(NAME).getAsString();
    double mean = json.get(MEAN).getAsDouble();
    double deviation = json.get(DEVIATION).getAsDouble();
    if (!(Double.isFinite(mean) && Double.isFinite(deviation) && deviation > 0)) {
      throw new IllegalArgumentException(
          "column '" + name + "' has the deviation " + deviation + " from " + mean);
    }
    return new CsvColumn.Continuous(name, mean, deviation);
  }

  private static CsvColumn.Discrete discrete(JsonObject json) {
    List<String> categories = new ArrayList<>();
    json.getAsJsonArray(CATEGORIES).forEach(category -> categories.add(category.getAsString()));
    CsvColumn.Discrete column = CsvColumn.Discrete.of(json.get(NAME).getAsString(), categories);
    if (column.categories().size() < categories.size()) {
      throw new IllegalArgumentException("column '" + column.name() + "' has a category twice");
    }
    return column;
  }
}

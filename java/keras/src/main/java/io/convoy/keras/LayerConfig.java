// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/**
 * The settings of a layer in Keras' JSON, with errors that name the layer. What is missing has
 * Keras' default.
 *
 * @param name of the layer
 * @param className Keras' class
 * @param json Keras' {@code config}
 */
record LayerConfig(String name, String className, JsonObject json) {
  /** Tells a layer's error from one that doesn't name the layer yet. */
  static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private Unreadable(String message) {
      super(message);
    }
  }

  Unreadable error(String why) {
    return new Unreadable("layer '" + name + "' (" + className + ") can't be imported: " + why);
  }

  /** Returns a setting, JSON's null if there is none. */
  JsonElement get(String key) {
    JsonElement element = json.get(key);
    return element == null ? JsonNull.INSTANCE : element;
  }

  boolean has(String key) {
    return !get(key).isJsonNull();
  }

  int integer(String key) {
    return primitive(key).getAsInt();
  }

  float number(String key, float missing) {
    return has(key) ? primitive(key).getAsFloat() : missing;
  }

  boolean flag(String key, boolean missing) {
    return has(key) ? primitive(key).getAsBoolean() : missing;
  }

  String text(String key, String missing) {
    return has(key) ? primitive(key).getAsString() : missing;
  }

  private JsonElement primitive(String key) {
    JsonElement element = get(key);
    if (!element.isJsonPrimitive()) {
      throw error("its setting '" + key + "' is " + element);
    }
    return element;
  }

  /** Returns rows and columns, which may be one number for both. */
  JsonArray pair(String key) {
    JsonElement element = get(key);
    if (element.isJsonArray() && element.getAsJsonArray().size() == 2) {
      return element.getAsJsonArray();
    }
    JsonElement both = primitive(key);
    JsonArray pair = new JsonArray();
    pair.add(both);
    pair.add(both);
    return pair;
  }

  JsonArray pair(String key, int missing) {
    return has(key) ? pair(key) : new LayerConfig(name, className, single(key, missing)).pair(key);
  }

  private static JsonObject single(String key, int value) {
    JsonObject json = new JsonObject();
    json.addProperty(key, value);
    return json;
  }

  /** Wants a setting to be as Convoy's layer is. */
  void require(String key, boolean fits) {
    if (!fits) {
      throw error("Convoy has no counterpart of " + key + "=" + get(key));
    }
  }
}

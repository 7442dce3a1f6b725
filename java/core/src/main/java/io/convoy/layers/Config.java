// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** A layer's settings as JSON, with errors that name the setting. */
public final class Config {
  private final JsonObject json;

  /** Makes empty settings. */
  public Config() {
    this(new JsonObject());
  }

  Config(JsonObject json) {
    this.json = json;
  }

  JsonObject json() {
    return json;
  }

  /**
   * Adds a number.
   *
   * @param key Keras' name of the setting
   * @param value its value
   * @return this
   */
  public Config put(String key, Number value) {
    json.addProperty(key, value);
    return this;
  }

  /**
   * Adds a flag.
   *
   * @param key Keras' name of the setting
   * @param value its value
   * @return this
   */
  public Config put(String key, boolean value) {
    json.addProperty(key, value);
    return this;
  }

  /**
   * Adds a text.
   *
   * @param key Keras' name of the setting
   * @param value its value
   * @return this
   */
  public Config put(String key, String value) {
    json.addProperty(key, value);
    return this;
  }

  /**
   * Adds a list of whole numbers.
   *
   * @param key Keras' name of the setting
   * @param values its values
   * @return this
   */
  public Config put(String key, int... values) {
    JsonArray array = new JsonArray();
    for (int value : values) {
      array.add(value);
    }
    json.add(key, array);
    return this;
  }

  /**
   * Reads a whole number.
   *
   * @param key the setting
   * @return its value
   */
  public int integer(String key) {
    return element(key).getAsInt();
  }

  /**
   * Reads a number.
   *
   * @param key the setting
   * @return its value
   */
  public float number(String key) {
    return element(key).getAsFloat();
  }

  /**
   * Reads a flag.
   *
   * @param key the setting
   * @return its value
   */
  public boolean flag(String key) {
    return element(key).getAsBoolean();
  }

  /** Whether a setting that may be missing is there, and false. */
  boolean denies(String key) {
    JsonElement element = json.get(key);
    return element != null && !element.getAsBoolean();
  }

  /**
   * Reads a text.
   *
   * @param key the setting
   * @return its value
   */
  public String text(String key) {
    return element(key).getAsString();
  }

  /**
   * Reads a list of whole numbers.
   *
   * @param key the setting
   * @return its values
   */
  public int[] integers(String key) {
    JsonArray array = element(key).getAsJsonArray();
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsInt();
    }
    return values;
  }

  private JsonElement element(String key) {
    JsonElement element = json.get(key);
    if (element == null) {
      throw new IllegalArgumentException("the setting '" + key + "' is missing in " + json);
    }
    return element;
  }
}

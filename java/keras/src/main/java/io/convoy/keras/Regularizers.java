// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** What Keras adds to the loss for weights, or keeps weights within: Convoy has L2 of kernels. */
final class Regularizers {
  private Regularizers() {}

  /**
   * Reads the factor of a kernel's L2.
   *
   * @param key the kernel's regularizer; a layer may have no other, and no constraint
   */
  static float l2(LayerConfig keras, String key) {
    requireNone(keras, key);
    if (!keras.has(key)) {
      return 0;
    }
    boolean known = keras.get(key) instanceof JsonObject json && json.get("config") != null;
    keras.require(key, known && keras.get(key).getAsJsonObject().get("config").isJsonObject());
    JsonObject factors = keras.get(key).getAsJsonObject().getAsJsonObject("config");
    LayerConfig config = new LayerConfig(keras.name(), keras.className(), factors);
    keras.require(key, factors.has("l2") && config.number("l1", 0) == 0);
    return config.number("l2", 0);
  }

  static void requireNone(LayerConfig keras, String but) {
    for (String key : keras.json().keySet()) {
      boolean restrains = key.endsWith("_regularizer") || key.endsWith("_constraint");
      keras.require(key, !restrains || key.equals(but) || !keras.has(key));
    }
  }

  static JsonElement write(float l2, KerasForm form) {
    JsonObject config = new JsonObject();
    config.addProperty("l2", l2);
    return form.object("keras.regularizers", "L2", config);
  }
}

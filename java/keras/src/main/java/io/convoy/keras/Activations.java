// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.convoy.layers.ActivationFunction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Activations by Keras' names. */
final class Activations {
  /** What ReLU6 cuts off at. */
  static final float CAP = 6;

  /** The first name of a function is the one that is written. */
  private static final Map<String, ActivationFunction> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("linear", ActivationFunction.LINEAR);
    BY_NAME.put("relu", ActivationFunction.RELU);
    BY_NAME.put("relu6", ActivationFunction.RELU6);
    BY_NAME.put("sigmoid", ActivationFunction.SIGMOID);
    BY_NAME.put("tanh", ActivationFunction.TANH);
    BY_NAME.put("gelu", ActivationFunction.GELU);
    BY_NAME.put("silu", ActivationFunction.SILU);
    BY_NAME.put("swish", ActivationFunction.SILU);
    BY_NAME.put("elu", ActivationFunction.ELU);
    BY_NAME.put("leaky_relu", ActivationFunction.leakyRelu(0.2));
    BY_NAME.put("softmax", ActivationFunction.SOFTMAX);
    BY_NAME.put("log_softmax", ActivationFunction.LOG_SOFTMAX);
    BY_NAME.put("exponential", new ActivationFunction("exp", 0, 0));
  }

  private Activations() {}

  /** Reads {@code activation}: a name, or an object around one. */
  static ActivationFunction of(LayerConfig keras) {
    JsonElement element = keras.get("activation");
    if (element.isJsonNull()) {
      return ActivationFunction.LINEAR;
    }
    if (element instanceof JsonObject object && object.has("config")) {
      element = object.get("config");
    }
    ActivationFunction function =
        element.isJsonPrimitive() ? BY_NAME.get(element.getAsString()) : null;
    if (function == null) {
      throw keras.error(
          "activation " + keras.get("activation") + " is none of " + BY_NAME.keySet());
    }
    return function;
  }

  static ActivationFunction relu(LayerConfig keras) {
    keras.require("threshold", keras.number("threshold", 0) == 0);
    float slope = keras.number("negative_slope", 0);
    if (keras.has("max_value")) {
      keras.require("max_value", keras.number("max_value", 0) == CAP && slope == 0);
      return ActivationFunction.RELU6;
    }
    return slope == 0 ? ActivationFunction.RELU : ActivationFunction.leakyRelu(slope);
  }

  /** The slope was called alpha in Keras 2. */
  static ActivationFunction leakyRelu(LayerConfig keras) {
    return ActivationFunction.leakyRelu(
        keras.number("negative_slope", keras.number("alpha", 0.3f)));
  }

  /** Returns the name that Keras has for a function, if it has one. */
  static Optional<String> name(ActivationFunction function) {
    return BY_NAME.entrySet().stream()
        .filter(e -> e.getValue().equals(function))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.convoy.layers.ActivationFunction;
import io.convoy.layers.InputLayer;
import io.convoy.layers.LayerJson;
import io.convoy.model.Network;

/** Layers as Keras' JSON. */
final class LayerWriter {
  private static final String CHANNELS_LAST = "channels_last";

  private final KerasForm form;
  private final Network.Entry entry;
  private final JsonObject convoy;
  private final JsonObject keras = new JsonObject();

  private LayerWriter(KerasForm form, Network.Entry entry) {
    this.form = form;
    this.entry = entry;
    this.convoy = LayerJson.write(entry.layer()).getAsJsonObject("config");
    keras.addProperty("name", entry.name());
    keras.addProperty("dtype", "float32");
    if (convoy.has("trainable")) {
      copy("trainable");
    }
  }

  /**
   * Writes a layer.
   *
   * @throws IllegalArgumentException if Keras has none like it; the message names the layer
   */
  static JsonObject write(Network.Entry entry, KerasForm form) {
    LayerWriter writer = new LayerWriter(form, entry);
    return form.object("keras.layers", writer.write(), writer.keras);
  }

  /** Fills in the settings, and returns Keras' class. */
  private String write() {
    String name = entry.layer().className();
    switch (name) {
      case "InputLayer" -> {
        InputLayer input = (InputLayer) entry.layer();
        keras.add(form.inputShape(), KerasForm.batchShape(input.batchShape()));
      }
      case "Conv2D" -> {
        copy("filters", "groups", "kernel_size", "strides", "padding", "dilation_rate");
        weightSettings("kernel_regularizer");
      }
      case "DepthwiseConv2D" -> {
        copy("depth_multiplier", "kernel_size", "strides", "padding", "dilation_rate");
        weightSettings("depthwise_regularizer");
      }
      case "Dense" -> {
        copy("units");
        weightSettings("kernel_regularizer");
      }
      case "MaxPooling2D", "AveragePooling2D" -> copy("pool_size", "strides", "padding");
      case "BatchNormalization" -> {
        copy("momentum", "epsilon");
        keras.addProperty("axis", -1);
      }
      case "Dropout" -> copy("rate");
      case "Reshape" -> copy("target_shape");
      case "Concatenate" -> keras.addProperty("axis", -1);
      case "ZeroPadding2D" -> zeroPadding();
      case "Activation" -> {
        return activation();
      }
      case "GlobalMaxPooling2D", "GlobalAveragePooling2D", "Flatten", "Add", "Multiply" -> {
        // no settings
      }
      default -> throw error("has no counterpart in Keras");
    }
    if (name.endsWith("2D")) {
      keras.addProperty("data_format", CHANNELS_LAST);
    }
    return name;
  }

  private IllegalArgumentException error(String why) {
    return new IllegalArgumentException(
        "layer '" + entry.name() + "' (" + entry.layer().className() + ") " + why);
  }

  private void copy(String... keys) {
    for (String key : keys) {
      keras.add(key, convoy.get(key));
    }
  }

  private void weightSettings(String regularizer) {
    named(function());
    copy("use_bias");
    float l2 = convoy.get("l2").getAsFloat();
    if (l2 != 0) {
      keras.add(regularizer, Regularizers.write(l2, form));
    }
  }

  private ActivationFunction function() {
    return new ActivationFunction(
        convoy.get("activation").getAsString(),
        convoy.get("activation_alpha").getAsFloat(),
        convoy.get("activation_beta").getAsFloat());
  }

  /** Slopes of their own are layers of their own. */
  private String activation() {
    ActivationFunction function = function();
    if (function.name().equals("leaky_relu")) {
      String slope = form == KerasForm.KERAS3 ? "negative_slope" : "alpha";
      keras.addProperty(slope, function.alpha());
      return "LeakyReLU";
    }
    if (function.name().equals("elu")) {
      keras.addProperty("alpha", function.alpha());
      return "ELU";
    }
    if (function.equals(ActivationFunction.RELU6)) { // Keras 2 has no such name
      keras.addProperty("max_value", Activations.CAP);
      return "ReLU";
    }
    named(function);
    return "Activation";
  }

  private void named(ActivationFunction function) {
    keras.addProperty(
        "activation",
        Activations.name(function)
            .orElseThrow(() -> error("has an activation that Keras has not: " + function)));
  }

  /** [[top, bottom], [left, right]]. */
  private void zeroPadding() {
    JsonArray amounts = convoy.getAsJsonArray("padding");
    JsonArray sides = new JsonArray();
    for (int i = 0; i < 4; i += 2) {
      JsonArray side = new JsonArray();
      side.add(amounts.get(i));
      side.add(amounts.get(i + 1));
      sides.add(side);
    }
    keras.add("padding", sides);
  }
}

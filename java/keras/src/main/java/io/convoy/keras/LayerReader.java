// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.convoy.layers.ActivationFunction;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerJson;
import io.convoy.layers.Layers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Layers out of Keras' JSON. */
final class LayerReader {
  private static final Map<String, Function<LayerConfig, Layer>> READERS = new TreeMap<>();

  static {
    READERS.put("Conv2D", LayerReader::convolution);
    READERS.put("DepthwiseConv2D", LayerReader::depthwise);
    READERS.put("Dense", LayerReader::dense);
    READERS.put("MaxPooling2D", c -> pooling(Layers.maxPooling2D(1), c));
    READERS.put("AveragePooling2D", c -> pooling(Layers.averagePooling2D(1), c));
    READERS.put("GlobalMaxPooling2D", c -> globalPooling(Layers.globalMaxPooling2D(), c));
    READERS.put("GlobalAveragePooling2D", c -> globalPooling(Layers.globalAveragePooling2D(), c));
    READERS.put("BatchNormalization", LayerReader::normalization);
    READERS.put("Dropout", LayerReader::dropout);
    READERS.put("Flatten", c -> Layers.flatten());
    READERS.put("Reshape", LayerReader::reshape);
    READERS.put("ZeroPadding2D", LayerReader::zeroPadding);
    READERS.put("Add", c -> Layers.add());
    READERS.put("Multiply", c -> Layers.multiply());
    READERS.put("Concatenate", c -> Layers.concatenate());
    READERS.put("Activation", c -> Layers.activation(Activations.of(c)));
    READERS.put("ReLU", c -> Layers.activation(Activations.relu(c)));
    READERS.put("LeakyReLU", c -> Layers.activation(Activations.leakyRelu(c)));
    READERS.put("ELU", c -> Layers.activation(ActivationFunction.elu(c.number("alpha", 1))));
    READERS.put("Softmax", c -> Layers.activation(ActivationFunction.SOFTMAX));
  }

  private LayerReader() {}

  /**
   * Reads a layer.
   *
   * @throws IllegalArgumentException if Convoy has none like it; the message names the layer
   */
  static Layer read(LayerConfig keras) {
    if (keras.className().equals("InputLayer")) {
      return InputShape.layer(keras);
    }
    Function<LayerConfig, Layer> reader = READERS.get(keras.className());
    if (reader == null) {
      throw keras.error("Convoy has no such layer; it reads " + READERS.keySet());
    }
    keras.require("data_format", !keras.text("data_format", "").equals("channels_first"));
    try {
      Layer layer = reader.apply(keras);
      return keras.flag("trainable", true) ? layer : layer.trainable(false);
    } catch (LayerConfig.Unreadable e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw keras.error(e.getMessage());
    }
  }

  /** A layer of Convoy with other settings than it has. */
  private static Layer with(Layer layer, JsonObject settings) {
    JsonObject json = LayerJson.write(layer);
    settings.entrySet().forEach(e -> json.getAsJsonObject("config").add(e.getKey(), e.getValue()));
    return LayerJson.read(json);
  }

  private static Layer convolution(LayerConfig keras) {
    JsonObject settings = window(keras, "kernel_size");
    settings.addProperty("filters", keras.integer("filters"));
    settings.addProperty("groups", (int) keras.number("groups", 1));
    settings.add("dilation_rate", keras.pair("dilation_rate", 1));
    addWeightSettings(keras, "kernel_regularizer", settings);
    return with(Layers.conv2D(1, 1), settings);
  }

  private static Layer depthwise(LayerConfig keras) {
    JsonObject settings = window(keras, "kernel_size");
    settings.addProperty("depth_multiplier", (int) keras.number("depth_multiplier", 1));
    settings.add("dilation_rate", keras.pair("dilation_rate", 1));
    addWeightSettings(keras, "depthwise_regularizer", settings);
    return with(Layers.depthwiseConv2D(1), settings);
  }

  private static Layer dense(LayerConfig keras) {
    JsonObject settings = new JsonObject();
    settings.addProperty("units", keras.integer("units"));
    addWeightSettings(keras, "kernel_regularizer", settings);
    return with(Layers.dense(1), settings);
  }

  private static Layer pooling(Layer layer, LayerConfig keras) {
    JsonObject settings = window(keras, "pool_size");
    if (!keras.has("strides")) {
      settings.add("strides", settings.get("pool_size"));
    }
    return with(layer, settings);
  }

  /** Size, strides and padding of what slides over images. */
  private static JsonObject window(LayerConfig keras, String size) {
    String padding = keras.text("padding", "valid");
    keras.require("padding", padding.equals("valid") || padding.equals("same"));
    JsonObject settings = new JsonObject();
    settings.add(size, keras.pair(size));
    settings.add("strides", keras.pair("strides", 1));
    settings.addProperty("padding", padding);
    return settings;
  }

  private static void addWeightSettings(
      LayerConfig keras, String regularizer, JsonObject settings) {
    ActivationFunction activation = Activations.of(keras);
    settings.addProperty("activation", activation.name());
    settings.addProperty("activation_alpha", activation.alpha());
    settings.addProperty("activation_beta", activation.beta());
    settings.addProperty("use_bias", keras.flag("use_bias", true));
    settings.addProperty("l2", Regularizers.l2(keras, regularizer));
  }

  private static Layer globalPooling(Layer layer, LayerConfig keras) {
    keras.require("keepdims", !keras.flag("keepdims", false));
    return layer;
  }

  private static Layer normalization(LayerConfig keras) {
    Regularizers.requireNone(keras, "");
    return Layers.batchNormalization()
        .momentum(keras.number("momentum", 0.99f))
        .epsilon(keras.number("epsilon", 1e-3f));
  }

  private static Layer dropout(LayerConfig keras) {
    keras.require("noise_shape", !keras.has("noise_shape"));
    return Layers.dropout(keras.number("rate", 0));
  }

  private static Layer reshape(LayerConfig keras) {
    JsonElement shape = keras.get("target_shape");
    keras.require("target_shape", shape.isJsonArray() && !shape.toString().contains("-"));
    JsonObject settings = new JsonObject();
    settings.add("target_shape", shape);
    return with(Layers.reshape(1), settings);
  }

  /** One number, or rows and columns, or [[top, bottom], [left, right]]. */
  private static Layer zeroPadding(LayerConfig keras) {
    JsonArray amounts = new JsonArray();
    for (JsonElement sides : keras.pair("padding", 1)) {
      JsonObject side = new JsonObject();
      side.add("padding", sides);
      amounts.addAll(new LayerConfig(keras.name(), keras.className(), side).pair("padding"));
    }
    JsonObject settings = new JsonObject();
    settings.add("padding", amounts);
    return with(Layers.zeroPadding2D(1), settings);
  }
}

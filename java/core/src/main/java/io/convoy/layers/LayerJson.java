// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.convoy.ops.PoolSpec.Kind;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Layers as JSON in Keras' form: {@code {"class_name": ..., "config": {...}}}. */
public final class LayerJson {
  private static final Map<String, Function<Config, Layer>> READERS = new TreeMap<>();

  static {
    READERS.put("InputLayer", InputLayer::of);
    READERS.put("Conv2D", Conv2D::of);
    READERS.put("DepthwiseConv2D", DepthwiseConv2D::of);
    READERS.put("Conv2DTranspose", Conv2DTranspose::of);
    READERS.put("Dense", Dense::of);
    for (Kind kind : Kind.values()) {
      String name = PoolingNames.of(kind) + "Pooling2D";
      READERS.put(name, config -> Pooling2D.of(kind, config));
      READERS.put("Global" + name, config -> new GlobalPooling2D(kind));
    }
    READERS.put("Dropout", Dropout::of);
    READERS.put("RandomFlip", RandomFlip::of);
    for (RandomChange.Kind kind : RandomChange.Kind.values()) {
      READERS.put(kind.className, config -> RandomChange.of(kind, config));
    }
    READERS.put("MixUp", MixUp::of);
    READERS.put("BatchNormalization", BatchNormalization::of);
    READERS.put("LocalResponseNormalization", LocalResponseNormalization::of);
    READERS.put("Flatten", config -> new Flatten());
    READERS.put("Reshape", Reshape::of);
    READERS.put("Activation", Activation::of);
    READERS.put("Add", config -> new Merge(Merge.Kind.ADD));
    READERS.put("Multiply", config -> new Merge(Merge.Kind.MULTIPLY));
    READERS.put("Concatenate", config -> new Concatenate());
    READERS.put("ZeroPadding2D", ZeroPadding2D::of);
  }

  private LayerJson() {}

  /**
   * Writes a layer.
   *
   * @param layer the layer
   * @return its JSON
   */
  public static JsonObject write(Layer layer) {
    JsonObject json = new JsonObject();
    json.addProperty("class_name", layer.className());
    json.add("config", layer.config().json());
    return json;
  }

  /**
   * Reads a layer.
   *
   * @param json what {@link #write} made
   * @return an equal layer
   * @throws IllegalArgumentException if the class is unknown or a setting is missing or wrong
   */
  public static Layer read(JsonObject json) {
    JsonElement name = json.get("class_name");
    Function<Config, Layer> reader =
        name != null && name.isJsonPrimitive() ? READERS.get(name.getAsString()) : null;
    if (reader == null) {
      throw new IllegalArgumentException(
          "layer class " + name + " is unknown; there are " + READERS.keySet());
    }
    try {
      Config config = new Config(json.getAsJsonObject("config"));
      return reader.apply(config).trainable(!config.denies(FrozenLayer.TRAINABLE));
    } catch (ClassCastException
        | IllegalStateException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NumberFormatException
        | NullPointerException e) {
      throw new IllegalArgumentException("the settings of a " + name + " are wrong: " + json, e);
    }
  }
}

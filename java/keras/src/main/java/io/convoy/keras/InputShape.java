// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.convoy.layers.InputLayer;
import io.convoy.layers.Layers;
import java.util.List;

/** The shape of instances, which Keras has written under several names. */
final class InputShape {
  private static final List<String> BATCHED =
      List.of("batch_shape", "batch_input_shape", "build_input_shape");
  private static final List<String> UNBATCHED = List.of("shape", "input_shape");

  private InputShape() {}

  static boolean isIn(LayerConfig keras) {
    return BATCHED.stream().anyMatch(keras::has) || UNBATCHED.stream().anyMatch(keras::has);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if there is none, or a dimension beside the batch is open
   */
  static InputLayer layer(LayerConfig keras) {
    for (String key : BATCHED) {
      if (keras.has(key)) {
        return Layers.input(dims(keras, key, 1));
      }
    }
    for (String key : UNBATCHED) {
      if (keras.has(key)) {
        return Layers.input(dims(keras, key, 0));
      }
    }
    throw keras.error("it has no shape. Save a model that was built, or begins with an Input");
  }

  private static int[] dims(LayerConfig keras, String key, int from) {
    keras.require(key, keras.get(key) instanceof JsonArray array && array.size() > from);
    JsonArray array = keras.get(key).getAsJsonArray();
    int[] dims = new int[array.size() - from];
    for (int i = 0; i < dims.length; i++) {
      JsonElement dim = array.get(from + i);
      if (!dim.isJsonPrimitive()) {
        throw keras.error(
            key + "=" + array + " is open beside the batch, and Convoy's networks have one size");
      }
      dims[i] = dim.getAsInt();
    }
    return dims;
  }
}

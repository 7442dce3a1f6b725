// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Where JSON says which layers' outputs are meant. Keras 2 writes {@code ["conv", 0, 0, {}]} in
 * lists of lists, Keras 3 {@code {"class_name": "__keras_tensor__", "config": {"keras_history":
 * ["conv", 0, 0]}}} among a call's arguments.
 */
final class LayerReference {
  private LayerReference() {}

  /** Returns the names of all layers that are referred to, in order. */
  static List<String> names(JsonElement json) {
    List<String> names = new ArrayList<>();
    collect(json, names);
    return names;
  }

  private static void collect(JsonElement json, List<String> names) {
    if (json instanceof JsonArray array) {
      if (isReference(array)) {
        names.add(first(array));
      } else {
        array.forEach(each -> collect(each, names));
      }
    } else if (json instanceof JsonObject object) {
      object.asMap().values().forEach(each -> collect(each, names));
    }
  }

  private static boolean isReference(JsonArray array) {
    return array.size() >= 3
        && array.get(0).isJsonPrimitive()
        && array.get(0).getAsJsonPrimitive().isString();
  }

  /** A layer's name, if its first output is meant. */
  private static String first(JsonArray reference) {
    String name = reference.get(0).getAsString();
    if (reference.get(1).getAsInt() != 0 || reference.get(2).getAsInt() != 0) {
      throw new IllegalArgumentException(
          "layer '" + name + "' has more than one output " + reference + "; Convoy shares none");
    }
    return name;
  }
}

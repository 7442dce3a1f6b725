// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.convoy.tensor.Shape;
import java.util.List;

/** The two ways in which Keras says the same in JSON. */
enum KerasForm {
  /** Objects name their module, and layers are applied to tensors. */
  KERAS3 {
    @Override
    JsonObject object(String module, String className, JsonObject config) {
      JsonObject json = new JsonObject();
      json.addProperty("module", module);
      json.addProperty("class_name", className);
      json.add("config", config);
      json.add("registered_name", JsonNull.INSTANCE);
      return json;
    }

    @Override
    String inputShape() {
      return "batch_shape";
    }

    @Override
    JsonObject node(List<Input> inputs) {
      JsonArray tensors = new JsonArray();
      inputs.forEach(i -> tensors.add(tensor(i)));
      JsonArray args = tensors;
      if (inputs.size() > 1) {
        args = new JsonArray();
        args.add(tensors);
      }
      JsonObject node = new JsonObject();
      node.add("args", args);
      node.add("kwargs", new JsonObject());
      return node;
    }

    private JsonObject tensor(Input input) {
      JsonObject config = new JsonObject();
      config.add("shape", batchShape(input.shape()));
      config.addProperty("dtype", "float32");
      config.add("keras_history", reference(input.layer()));
      JsonObject tensor = new JsonObject();
      tensor.addProperty("class_name", "__keras_tensor__");
      tensor.add("config", config);
      return tensor;
    }
  },

  /** Keras 2's, which Keras 3 writes into and reads from {@code .h5} files, too. */
  KERAS2 {
    @Override
    JsonObject object(String module, String className, JsonObject config) {
      JsonObject json = new JsonObject();
      json.addProperty("class_name", className);
      json.add("config", config);
      return json;
    }

    @Override
    String inputShape() {
      return "batch_input_shape";
    }

    @Override
    JsonArray node(List<Input> inputs) {
      JsonArray node = new JsonArray();
      for (Input input : inputs) {
        JsonArray reference = reference(input.layer());
        reference.add(new JsonObject());
        node.add(reference);
      }
      return node;
    }
  };

  /**
   * What a layer is applied to.
   *
   * @param layer whose output
   * @param shape the output's, with an open batch
   */
  record Input(String layer, Shape shape) {}

  abstract JsonObject object(String module, String className, JsonObject config);

  /** The name of an input layer's setting. */
  abstract String inputShape();

  /** An element of {@code inbound_nodes}. */
  abstract JsonElement node(List<Input> inputs);

  /** The first output of a layer's first use. */
  static JsonArray reference(String layer) {
    JsonArray reference = new JsonArray();
    reference.add(layer);
    reference.add(0);
    reference.add(0);
    return reference;
  }

  static JsonArray batchShape(Shape shape) {
    JsonArray json = new JsonArray();
    for (int dim : shape.dims()) {
      json.add(dim == Shape.UNKNOWN ? null : (Integer) dim);
    }
    return json;
  }
}

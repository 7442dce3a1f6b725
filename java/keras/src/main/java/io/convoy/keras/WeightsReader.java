// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads weights, of Keras 2's and of Keras 3's layout, into the names and shapes of a network. */
final class WeightsReader {
  private final Architecture architecture;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();

  private WeightsReader(Architecture architecture) {
    this.architecture = architecture;
  }

  static Map<String, Tensor> read(H5Group root, Architecture architecture) throws IOException {
    WeightsReader reader = new WeightsReader(architecture);
    List<LayerWeights> layers = LayerWeights.of(architecture.network());
    Optional<H5Group> keras3 = root.find("layers");
    if (keras3.isEmpty()) {
      keras3 = root.find("_layer_checkpoint_dependencies"); // TensorFlow 2.12 to 2.15
    }
    if (keras3.isPresent()) {
      reader.byPath(keras3.get(), layers);
    } else {
      reader.byOrder(root.find("model_weights").orElse(root), layers);
    }
    reader.addConstants(layers);
    return reader.weights;
  }

  private List<LayerWeights.Slot> wanted(LayerWeights layer) {
    return layer.slots().stream().filter(s -> !architecture.absent().contains(s.name())).toList();
  }

  /** Keras 3: layers/conv2d_1/vars/0. */
  private void byPath(H5Group saved, List<LayerWeights> layers) throws IOException {
    Map<String, LayerWeights> open = new LinkedHashMap<>();
    layers.forEach(layer -> open.put(layer.path(), layer));
    for (String path : saved.children()) {
      H5Group group = saved.get(path);
      boolean empty = group.find("vars").isEmpty() || group.get("vars").children().isEmpty();
      if (!empty && !open.containsKey(path)) {
        throw mismatch(saved, "has no layer for '" + path + "'");
      }
    }
    for (LayerWeights layer : layers) {
      List<LayerWeights.Slot> slots = wanted(layer);
      if (slots.isEmpty()) {
        continue;
      }
      H5Group vars = saved.get(layer.path()).get("vars");
      requireCount(saved, layer, slots, vars.children().size());
      for (int i = 0; i < slots.size(); i++) {
        add(vars, Integer.toString(i), slots.get(i));
      }
    }
  }

  /** Keras 2: layers as listed in attributes, and their weights as listed there. */
  private void byOrder(H5Group saved, List<LayerWeights> layers) throws IOException {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String name : saved.texts("layer_names")) {
      List<String> names = saved.get(name).texts("weight_names");
      if (!names.isEmpty()) {
        groups.put(name, names);
      }
    }
    List<LayerWeights> open = layers.stream().filter(l -> !wanted(l).isEmpty()).toList();
    if (groups.size() != open.size()) {
      String there = open.stream().map(LayerWeights::layer).toList().toString();
      throw mismatch(
          saved,
          "has %d layers with weights, %s, the file %d, %s"
              .formatted(open.size(), there, groups.size(), groups.keySet()));
    }
    int next = 0;
    for (Map.Entry<String, List<String>> entry : groups.entrySet()) {
      LayerWeights layer = open.get(next++);
      List<LayerWeights.Slot> slots = wanted(layer);
      requireCount(saved, layer, slots, entry.getValue().size());
      for (int i = 0; i < slots.size(); i++) {
        add(saved.get(entry.getKey()), entry.getValue().get(i), slots.get(i));
      }
    }
  }

  private void requireCount(
      H5Group saved, LayerWeights layer, List<LayerWeights.Slot> slots, int count)
      throws IOException {
    if (slots.size() != count) {
      String parts = slots.stream().map(s -> s.part() + " " + s.keras()).toList().toString();
      throw mismatch(
          saved,
          "has %s in layer '%s', the file %d weights".formatted(parts, layer.layer(), count));
    }
  }

  private IOException mismatch(H5Group saved, String how) {
    String name = architecture.network().name();
    return new IOException(saved.file() + " is not of network '" + name + "', which " + how);
  }

  private void add(H5Group group, String path, LayerWeights.Slot slot) throws IOException {
    Tensor value = group.tensor(path, slot.keras(), "'" + slot.name() + "'");
    weights.put(slot.name(), value.reshaped(slot.here().dims()));
  }

  /** What the file needs not hold: a factor of 1, a summand of 0. */
  private void addConstants(List<LayerWeights> layers) {
    for (LayerWeights layer : layers) {
      for (LayerWeights.Slot slot : layer.slots()) {
        if (architecture.absent().contains(slot.name())) {
          weights.put(slot.name(), constant(slot.here(), slot.part().equals("gamma") ? 1 : 0));
        }
      }
    }
  }

  private static Tensor constant(Shape shape, float value) {
    float[] values = new float[(int) shape.elements()];
    Arrays.fill(values, value);
    return Tensor.of(values, shape.dims());
  }
}

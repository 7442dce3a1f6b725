// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.model.Network;
import io.convoy.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Writes weights in the layouts of Keras 3 and of Keras 2. */
final class WeightsWriter {
  private static final String LEGACY_ROOT = "model_weights";

  private WeightsWriter() {}

  /**
   * Layers without weights are left out, as Keras does when it reads. They would be empty groups,
   * and jHDF 0.13 writes its signature over an empty group that comes last.
   */
  private static List<LayerWeights> layers(Network network) {
    return LayerWeights.of(network).stream().filter(l -> !l.slots().isEmpty()).toList();
  }

  /** Keras 3: layers/conv2d_1/vars/0. */
  static void keras3(Network network, Map<String, Tensor> weights, H5Output file) {
    for (LayerWeights layer : layers(network)) {
      String vars = "layers/" + layer.path() + "/vars";
      file.text(vars, "name", layer.layer());
      for (int i = 0; i < layer.slots().size(); i++) {
        LayerWeights.Slot slot = layer.slots().get(i);
        file.tensor(vars + "/" + i, weights.get(slot.name()), slot.keras());
      }
    }
  }

  /** Keras 2: model_weights/conv/conv/kernel:0, and lists of names as attributes. */
  static void keras2(Network network, Map<String, Tensor> weights, H5Output file) {
    List<LayerWeights> layers = layers(network);
    file.texts(LEGACY_ROOT, "layer_names", layers.stream().map(LayerWeights::layer).toList());
    file.text(LEGACY_ROOT, "keras_version", KerasVersion.NUMBER);
    file.text(LEGACY_ROOT, "backend", KerasVersion.BACKEND);
    for (LayerWeights layer : layers) {
      String group = LEGACY_ROOT + "/" + layer.layer();
      List<String> names = layer.slots().stream().map(WeightsWriter::label).toList();
      file.texts(group, "weight_names", names);
      for (LayerWeights.Slot slot : layer.slots()) {
        file.tensor(group + "/" + label(slot), weights.get(slot.name()), slot.keras());
      }
    }
  }

  private static String label(LayerWeights.Slot slot) {
    return slot.name() + ":0";
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Value;
import io.convoy.ops.Variable;
import io.convoy.session.Session;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a model on its device, by name. */
record ModelState(ModelGraph model, Session session) {
  long parameters() {
    return model.weights.stream().mapToLong(w -> w.shape().elements()).sum();
  }

  long trainableParameters() {
    return model.weights.stream()
        .filter(w -> ((Variable) w.node().op()).trainable())
        .mapToLong(w -> w.shape().elements())
        .sum();
  }

  /** The network's weights; of those that the optimizer keeps an average of, the average. */
  Map<String, Tensor> weights() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Value weight : model.weights) {
      weights.put(weight.name(), session.read(model.averages.getOrDefault(weight, weight)));
    }
    return weights;
  }

  /** Sets the network's weights and the averages that the optimizer keeps of them. */
  void setWeights(Map<String, Tensor> values) {
    write(values, model.weights);
    model.averages.forEach((weight, average) -> session.write(average, values.get(weight.name())));
  }

  /** Takes over the weights of a file, layer by layer, where all of a layer's fit. */
  LoadedWeights load(Path file, String network) throws IOException {
    Map<String, Tensor> changed = weights();
    LoadedWeights result = LoadedWeights.match(weights(), ModelFile.weights(file), changed);
    if (result.loaded().isEmpty()) {
      throw new IOException(
          file + " has no weights for network '" + network + "': " + result.summary());
    }
    setWeights(changed);
    return result;
  }

  /** Everything that changes while training. */
  Map<String, Tensor> all() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Value variable : model.state()) {
      values.put(variable.name(), session.read(variable));
    }
    return values;
  }

  void setAll(Map<String, Tensor> values) {
    write(values, model.state());
  }

  private void write(Map<String, Tensor> values, List<Value> variables) {
    Weights.require(values, variables);
    for (Value variable : variables) {
      session.write(variable, values.get(variable.name()));
    }
  }
}

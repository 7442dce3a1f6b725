// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.files.SafeTensors;
import io.convoy.losses.Loss;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Model files: safetensors with the weights as {@code layer/weight} (filters HWIO, matrices
 * [in,out]) and, in the metadata, the network as JSON, the loss and the metrics.
 */
final class ModelFile {
  private static final String NETWORK = "convoy.network";
  private static final String LOSS = "convoy.loss";
  private static final String METRICS = "convoy.metrics";

  private ModelFile() {}

  static void save(Model model, Path file) throws IOException {
    SafeTensors.write(file, model.weights(), metadata(model));
  }

  static Map<String, String> metadata(Model model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "convoy");
    metadata.put(NETWORK, NetworkJson.write(model.network()));
    metadata.put(LOSS, model.loss().name());
    metadata.put(
        METRICS, model.metrics().stream().map(Metric::name).collect(Collectors.joining(",")));
    return metadata;
  }

  static Model load(Path file, CompileOptions options) throws IOException {
    SafeTensors.Content content = SafeTensors.read(file);
    Network network;
    Loss loss;
    List<Metric> metrics = new ArrayList<>();
    try {
      network = NetworkJson.read(required(content, NETWORK));
      loss = Losses.byName(required(content, LOSS));
      for (String name : required(content, METRICS).split(",")) {
        if (!name.isEmpty()) {
          metrics.add(Metrics.byName(name));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no Convoy model: " + e.getMessage(), e);
    }
    Model model = new Model(network, Optional.empty(), loss, metrics, options);
    try {
      model.setWeights(content.tensors());
      return model;
    } catch (IllegalArgumentException e) {
      model.close();
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static String required(SafeTensors.Content content, String key) {
    String value = content.metadata().get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "its metadata lacks '" + key + "'; was it written by Model.save?");
    }
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.DatasetInfo;
import io.convoy.files.SafeTensors;
import io.convoy.losses.Loss;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metric;
import io.convoy.metrics.Metrics;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Model files: safetensors with the weights as {@code layer/weight} (filters HWIO, matrices
 * [in,out]) and, in the metadata, the network as JSON, the loss, the metrics, and what instances
 * and classes stand for.
 */
final class ModelFile {
  private static final String NETWORK = "convoy.network";
  private static final String LOSS = "convoy.loss";
  private static final String METRICS = "convoy.metrics";

  private ModelFile() {}

  static void save(TrainedNetwork trained, Path file) throws IOException {
    SafeTensors.write(
        file,
        trained.weights(),
        metadata(trained.network(), trained.loss(), trained.metrics(), trained.info()));
  }

  static Map<String, String> metadata(
      Network network, Loss loss, List<Metric> metrics, DatasetInfo info) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "convoy");
    metadata.put(NETWORK, NetworkJson.write(network));
    metadata.put(LOSS, loss.name());
    metadata.put(METRICS, metrics.stream().map(Metric::name).collect(Collectors.joining(",")));
    metadata.putAll(info.toMetadata());
    return metadata;
  }

  /** The tensors of a model, of a checkpoint only those that a model has. */
  static Map<String, Tensor> weights(Path file) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(SafeTensors.read(file).tensors());
    tensors.keySet().removeIf(ModelFile::isState);
    return tensors;
  }

  private static boolean isState(String name) {
    return name.startsWith("optimizer/") || name.startsWith("sums/") || name.equals("iterations");
  }

  static Network network(Path file) throws IOException {
    return Parts.of(file, SafeTensors.read(file).metadata()).network();
  }

  static TrainedNetwork load(Path file) throws IOException {
    SafeTensors.Content content = SafeTensors.read(file);
    Parts parts = Parts.of(file, content.metadata());
    try {
      return new TrainedNetwork(
          parts.network(), parts.loss(), parts.metrics(), parts.info(), content.tensors());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** What the metadata hold. */
  private record Parts(Network network, Loss loss, List<Metric> metrics, DatasetInfo info) {
    static Parts of(Path file, Map<String, String> metadata) throws IOException {
      if (Checkpoint.isIn(metadata)) {
        throw new IOException(
            file + " is the checkpoint of a fit; name a model file, as Model.save writes it");
      }
      try {
        List<Metric> metrics = new ArrayList<>();
        for (String name : required(metadata, METRICS).split(",")) {
          if (!name.isEmpty()) {
            metrics.add(Metrics.byName(name));
          }
        }
        return new Parts(
            NetworkJson.read(required(metadata, NETWORK)),
            Losses.byName(required(metadata, LOSS)),
            metrics,
            DatasetInfo.fromMetadata(metadata));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " is no Convoy model: " + e.getMessage(), e);
      }
    }
  }

  private static String required(Map<String, String> metadata, String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "its metadata lacks '" + key + "'; was it written by Model.save?");
    }
    return value;
  }
}

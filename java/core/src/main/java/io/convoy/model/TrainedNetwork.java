// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.data.DatasetInfo;
import io.convoy.graph.Graph;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network and its weights in host memory, on no device: what model files hold, and what other
 * formats are written from and read into.
 *
 * @param network the architecture
 * @param loss what was minimised
 * @param metrics what else was reported
 * @param info what classes are called, and how instances were made
 * @param weights tensors by the names {@code layer/weight}, as of {@link Model#weights}
 */
public record TrainedNetwork(
    Network network,
    Loss loss,
    List<Metric> metrics,
    DatasetInfo info,
    Map<String, Tensor> weights) {
  /**
   * Checks that the weights are the network's.
   *
   * @param network the component
   * @param loss the component
   * @param metrics the component
   * @param info the component
   * @param weights the component
   * @throws IllegalArgumentException if names or shapes differ; the message says which
   */
  public TrainedNetwork {
    metrics = List.copyOf(metrics);
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    Graph graph = new Graph();
    network.inference(graph);
    Weights.require(weights, graph.variables());
  }

  /**
   * Makes a trained network whose classes are called by their numbers.
   *
   * @param network the architecture
   * @param loss what was minimised
   * @param metrics what else was reported
   * @param weights tensors by name
   * @throws IllegalArgumentException if names or shapes differ; the message says which
   */
  public TrainedNetwork(
      Network network, Loss loss, List<Metric> metrics, Map<String, Tensor> weights) {
    this(network, loss, metrics, DatasetInfo.numbered(0), weights);
  }

  /**
   * Copies a model's weights from its device.
   *
   * @param model the model
   * @return its network with the weights as they are now
   */
  public static TrainedNetwork of(Model model) {
    return new TrainedNetwork(
        model.network(), model.loss(), model.metrics(), model.datasetInfo(), model.weights());
  }

  /**
   * Reads a model file.
   *
   * @param file what {@link Model#save} or {@link #save} wrote
   * @return what it holds
   * @throws IOException if it can't be read or is no model file; the message says why
   */
  public static TrainedNetwork load(Path file) throws IOException {
    return ModelFile.load(file);
  }

  /**
   * Writes a model file, atomically.
   *
   * @param file where to
   * @throws IOException if it can't be written; an older file then stays as it was
   */
  public void save(Path file) throws IOException {
    ModelFile.save(this, file);
  }

  /**
   * Counts the weights.
   *
   * @return parameters, trainable or not
   */
  public long parameters() {
    return weights.values().stream().mapToLong(w -> w.spec().shape().elements()).sum();
  }

  /**
   * Brings the network to a device, for inference.
   *
   * @param options device and seed
   * @return the model, owned by the caller
   * @throws io.convoy.backend.BackendException if the device can't be had
   */
  public Model compile(CompileOptions options) {
    Model model = new Model(network, Optional.empty(), loss, metrics, options);
    try {
      model.setDatasetInfo(info);
      model.setWeights(weights);
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }
}

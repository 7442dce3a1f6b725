// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.data.DatasetInfo;
import io.convoy.layers.Augmenting;
import io.convoy.losses.Loss;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metric;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.optimizers.Optimizer;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@code --model} takes: a network by name, or a saved model to go on from.
 *
 * @param network the architecture
 * @param loss what is minimised
 * @param info what a saved model's classes are called
 * @param weights where to begin; empty for fresh ones
 */
record ModelSource(Network network, Loss loss, DatasetInfo info, Map<String, Tensor> weights) {
  private static final String FILE = ".safetensors";

  /** Says what there is, and what a file is for. */
  static String help(String use) {
    return "One of " + String.join(", ", Zoo.names()) + ", or a " + FILE + " file" + use;
  }

  static boolean isFile(String name) {
    return name.endsWith(FILE);
  }

  /** Returns a name that holds in any working directory. */
  static String absolute(String name) {
    return isFile(name) ? Path.of(name).toAbsolutePath().normalize().toString() : name;
  }

  /**
   * Finds a model.
   *
   * @param name of the zoo, or of a file
   * @param instance the data's shape and {@code classes} their classes, for a network of the zoo
   * @param options what the user can say about them
   */
  static ModelSource of(String name, Shape instance, int classes, String options)
      throws IOException {
    if (isFile(name)) {
      TrainedNetwork saved = TrainedNetwork.load(Path.of(name));
      return new ModelSource(saved.network(), saved.loss(), saved.info(), saved.weights());
    }
    return new ModelSource(
        ofZoo(name, instance, classes, options),
        Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
        DatasetInfo.numbered(0),
        Map.of());
  }

  /** Finds a network, without weights and a device. */
  static Network network(String name, Shape instance, int classes, String options)
      throws IOException {
    return isFile(name) ? Network.load(Path.of(name)) : ofZoo(name, instance, classes, options);
  }

  private static Network ofZoo(String name, Shape instance, int classes, String options) {
    try {
      return Zoo.byName(name, instance, classes);
    } catch (IllegalArgumentException e) {
      boolean known = Zoo.names().contains(name);
      String more = known ? " (" + options + ")" : ", and files that end in " + FILE;
      throw new UsageException(e.getMessage() + more);
    }
  }

  /** Puts augmentation in place of the network's own, if some is given. */
  ModelSource augment(List<Augmenting> layers) {
    return layers.isEmpty()
        ? this
        : new ModelSource(network.augment(layers.toArray(Augmenting[]::new)), loss, info, weights);
  }

  /** Freezes the layers whose names begin so. */
  ModelSource freeze(List<String> prefixes) {
    try {
      Network frozen = network.trainable(false, prefixes.toArray(String[]::new));
      return new ModelSource(frozen, loss, info, weights);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--freeze: " + e.getMessage());
    }
  }

  Model compile(Optimizer optimizer, List<Metric> metrics, CompileOptions options) {
    Model model = network.compile(optimizer, loss, metrics, options);
    if (!weights.isEmpty()) {
      model.setWeights(weights);
    }
    return model;
  }
}

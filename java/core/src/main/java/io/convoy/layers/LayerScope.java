// SPDX-License-Identifier: Apache-2.0
package io.convoy.layers;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.initializers.Initializer;
import io.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What layers see while a network is turned into graph. The same weights are handed out when the
 * network is built again, once for training and once for inference.
 */
public final class LayerScope {
  private final Graph graph;
  private final Map<String, Value> weights = new HashMap<>();
  private final List<Value> penalties = new ArrayList<>();
  private String layer = "";
  private boolean training;
  private Optional<Value> labelShare = Optional.empty();
  private boolean frozen;
  private Map<Value, Value> replaced = Map.of();
  private Optional<Value> counter = Optional.empty();

  /**
   * Makes a scope.
   *
   * @param graph where layers add nodes
   */
  public LayerScope(Graph graph) {
    this.graph = graph;
  }

  /**
   * Moves on to a layer.
   *
   * @param name the layer's name
   * @param forTraining whether it is built for training
   */
  public void enter(String name, boolean forTraining) {
    layer = name;
    training = forTraining;
  }

  /**
   * Returns the graph.
   *
   * @return where to add nodes
   */
  public Graph graph() {
    return graph;
  }

  /**
   * Returns the layer's name.
   *
   * @return the name, unique in its network
   */
  public String name() {
    return layer;
  }

  /**
   * Tells what the layer is built for.
   *
   * @return true for training, false for inference
   */
  public boolean training() {
    return training;
  }

  /**
   * Tells whether the layer's weights are to be changed.
   *
   * @return false for a layer that is not {@link Layer#trainable}
   */
  public boolean trainable() {
    return !frozen;
  }

  /** Builds a layer whose weights are not to be changed. */
  Value frozen(Supplier<Value> build) {
    boolean before = frozen;
    frozen = true;
    try {
      return build.get();
    } finally {
      frozen = before;
    }
  }

  /**
   * Returns a weight of the layer.
   *
   * @param weight its name in the layer, such as {@code kernel}
   * @param shape its shape
   * @param initializer its first value
   * @param trainable whether optimizers update it, unless the layer is frozen
   * @return the variable {@code layer/weight}, made at the first call, or what replaces it
   */
  public Value weight(String weight, Shape shape, Initializer initializer, boolean trainable) {
    String full = layer + "/" + weight;
    Value known = weights.get(full);
    if (known == null) {
      known = graph.atRoot(() -> graph.variable(full, shape, initializer, trainable && !frozen));
      weights.put(full, known);
    }
    return replaced.getOrDefault(known, known);
  }

  /**
   * Has layers that are built from now on read other variables in place of their weights.
   *
   * @param replacements by weight
   */
  public void replace(Map<Value, Value> replacements) {
    replaced = Map.copyOf(replacements);
  }

  /**
   * Has layers that are random count on something else than finished steps.
   *
   * @param batches an INT32 scalar that differs from batch to batch
   */
  public void countBy(Value batches) {
    counter = Optional.of(batches);
    labelShare = Optional.empty();
  }

  /**
   * Returns what layers that are random count on.
   *
   * @return INT32 {@code []}, the graph's {@link Graph#iterations} unless {@link #countBy} changed
   *     it
   */
  public Value counter() {
    return counter.orElseGet(graph::iterations);
  }

  /**
   * Adds a term to the training loss, unless the layer is frozen.
   *
   * @param penalty FLOAT32 {@code []}
   */
  public void addLoss(Value penalty) {
    if (!frozen) {
      penalties.add(penalty);
    }
  }

  /**
   * Returns the terms that layers added.
   *
   * @return FLOAT32 {@code []} each
   */
  public List<Value> losses() {
    return List.copyOf(penalties);
  }

  /**
   * Has the training loss mixed of two labels: the instance's own, and that of the instance at the
   * same place in the reversed batch.
   *
   * @param share of the own label, FLOAT32 {@code []}
   * @throws IllegalArgumentException if another layer mixes, too
   */
  public void mixLabels(Value share) {
    if (labelShare.isPresent()) {
      throw new IllegalArgumentException(
          "layer '" + layer + "': labels are mixed already. A network takes one mixUp layer");
    }
    labelShare = Optional.of(share);
  }

  /**
   * Returns how labels are mixed.
   *
   * @return the share of an instance's own label, FLOAT32 {@code []}, if they are
   */
  public Optional<Value> labelShare() {
    return labelShare;
  }
}

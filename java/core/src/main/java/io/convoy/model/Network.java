// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.Augmenting;
import io.convoy.layers.InputLayer;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerNames;
import io.convoy.layers.LayerOutput;
import io.convoy.layers.LayerScope;
import io.convoy.losses.Loss;
import io.convoy.metrics.Metric;
import io.convoy.optimizers.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An architecture: layers and how they are connected, from one input to one output. It has no
 * weights; {@link #compile} makes a {@link Model} that has.
 */
public class Network {
  private final String name;
  private final List<Entry> entries;

  /**
   * A layer at its place.
   *
   * @param name unique in the network
   * @param layer the layer
   * @param inbound indices of the entries it is applied to, all smaller than its own
   */
  public record Entry(String name, Layer layer, List<Integer> inbound) {
    /**
     * Copies the list.
     *
     * @param name the component
     * @param layer the component
     * @param inbound the component
     */
    public Entry {
      inbound = List.copyOf(inbound);
    }

    private boolean isOneOf(String... prefixes) {
      return !(layer instanceof InputLayer) && Stream.of(prefixes).anyMatch(name::startsWith);
    }

    private Entry trainable(boolean trainable) {
      return new Entry(name, layer.trainable(trainable), inbound);
    }
  }

  /**
   * Makes a network from layers that were applied to each other: the functional style.
   *
   * @param name its name
   * @param input the output of an {@link InputLayer}
   * @param output what the network computes
   * @throws IllegalArgumentException if the output depends on another input or not on this one
   */
  public Network(String name, LayerOutput input, LayerOutput output) {
    this(name, Tracing.trace(input, output));
  }

  /**
   * Makes a network from its entries. The last one is the output.
   *
   * @param name its name
   * @param entries inputs before users, the first and no other an {@link InputLayer}; each name
   *     once
   * @throws IllegalArgumentException if the entries break these rules
   */
  public Network(String name, List<Entry> entries) {
    this.name = name;
    this.entries = List.copyOf(entries);
    boolean startsWithInput =
        !entries.isEmpty() && entries.get(0).layer() instanceof InputLayer && entries.size() > 1;
    if (!startsWithInput) {
      throw new IllegalArgumentException(
          "network '" + name + "' must start with input(...) and have a layer behind it");
    }
    for (int i = 1; i < entries.size(); i++) {
      requireConnected(i, entries.get(i));
    }
    requireDistinctNames();
  }

  private void requireDistinctNames() {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException(
            "network '" + name + "' has two layers '" + entry.name() + "'");
      }
    }
  }

  private void requireConnected(int index, Entry entry) {
    if (entry.layer() instanceof InputLayer) {
      throw new IllegalArgumentException("network '" + name + "' has more than one input");
    }
    boolean backward = entry.inbound().stream().allMatch(i -> i >= 0 && i < index);
    if (!backward || entry.inbound().isEmpty()) {
      throw new IllegalArgumentException(
          "network '" + name + "': layer '" + entry.name() + "' is not connected to layers before");
    }
  }

  /**
   * Freezes layers, or has them change again.
   *
   * @param trainable whether optimizers change their weights, as {@link Layer#trainable} says
   * @param prefixes what the layers' names begin with; an empty one means all
   * @return a network of the same layers but for that
   * @throws IllegalArgumentException if a prefix is that of no layer
   */
  public final Network trainable(boolean trainable, String... prefixes) {
    for (String prefix : prefixes) {
      if (entries.stream().noneMatch(e -> e.name().startsWith(prefix))) {
        throw new IllegalArgumentException(
            "no layer's name begins with '"
                + prefix
                + "'; there are "
                + String.join(", ", entries.stream().map(Entry::name).toList()));
      }
    }
    return new Network(
        name, entries.stream().map(e -> e.isOneOf(prefixes) ? e.trainable(trainable) : e).toList());
  }

  /**
   * Reads the architecture of a saved model, without a device.
   *
   * @param file what {@link Model#save} wrote
   * @return the network
   * @throws IOException if it can't be read or is no model file; the message says why
   */
  public static Network load(Path file) throws IOException {
    return ModelFile.network(file);
  }

  /**
   * Returns the name.
   *
   * @return the name
   */
  public final String name() {
    return name;
  }

  /**
   * Returns the layers.
   *
   * @return the entries, inputs before users, the output last
   */
  public final List<Entry> entries() {
    return entries;
  }

  /**
   * Returns where instances enter.
   *
   * @return the input layer
   */
  public final InputLayer input() {
    return (InputLayer) entries.get(0).layer();
  }

  /**
   * Puts augmentation between the input and all else, instead of that which is there. Layers with
   * weights keep their names.
   *
   * @param layers applied one after the other
   * @return the changed network
   */
  public final Network augment(Augmenting... layers) {
    LayerNames names = new LayerNames();
    List<Entry> changed = new ArrayList<>();
    changed.add(entries.get(0));
    for (Augmenting layer : layers) {
      changed.add(new Entry(names.next(layer), layer, List.of(changed.size() - 1)));
    }
    List<Integer> places = new ArrayList<>(); // where the output of a former entry now is
    places.add(changed.size() - 1);
    for (Entry entry : entries.subList(1, entries.size())) {
      List<Integer> inbound = entry.inbound().stream().map(places::get).toList();
      if (entry.layer() instanceof Augmenting) {
        places.add(inbound.get(0));
      } else {
        places.add(changed.size());
        changed.add(new Entry(entry.name(), entry.layer(), inbound));
      }
    }
    return new Network(name, changed);
  }

  /**
   * Adds the network to a graph as it is for inference: for those who write it in another form.
   *
   * @param graph a graph; in an empty one the variables have the names of {@link Model#weights}
   * @return the output of each entry, in order; the first is the placeholder of instances
   * @throws IllegalArgumentException if shapes don't fit; the message names the layer
   */
  public final List<Value> inference(Graph graph) {
    return build(new LayerScope(graph), Optional.empty(), false);
  }

  /**
   * Adds all layers to a graph.
   *
   * @param scope their weights, kept between calls
   * @param input the placeholder of a call before, if there was one
   * @param training whether for training or inference
   * @return the output of each entry, in order
   */
  List<Value> build(LayerScope scope, Optional<Value> input, boolean training) {
    List<Value> outputs = new ArrayList<>();
    for (Entry entry : entries) {
      if (outputs.isEmpty() && input.isPresent()) {
        outputs.add(input.get());
        continue;
      }
      List<Value> inputs = new ArrayList<>();
      for (int i : entry.inbound()) {
        inputs.add(outputs.get(i));
      }
      scope.enter(entry.name(), training);
      outputs.add(
          entry.layer() instanceof InputLayer
              ? entry.layer().build(scope, inputs)
              : scope.graph().inScope(entry.name(), () -> entry.layer().build(scope, inputs)));
    }
    return outputs;
  }

  /**
   * Compiles the network on the best device that works, with seed 0.
   *
   * @param optimizer how weights are changed
   * @param loss what is minimised
   * @param metrics what else is reported
   * @return the model, owned by the caller
   */
  public final Model compile(Optimizer optimizer, Loss loss, Metric... metrics) {
    return compile(optimizer, loss, List.of(metrics), CompileOptions.defaults());
  }

  /**
   * Compiles the network.
   *
   * @param optimizer how weights are changed
   * @param loss what is minimised
   * @param metrics what else is reported
   * @param options device and seed
   * @return the model, owned by the caller
   * @throws IllegalArgumentException if shapes don't fit; the message names the layer
   * @throws io.convoy.backend.BackendException if the device can't be had
   */
  public final Model compile(
      Optimizer optimizer, Loss loss, List<Metric> metrics, CompileOptions options) {
    return new Model(this, Optional.of(optimizer), loss, metrics, options);
  }

  /**
   * Describes the layers, without a device.
   *
   * @return one a layer, inputs before users, the output last
   * @throws IllegalArgumentException if shapes don't fit; the message names the layer
   */
  public final List<LayerInfo> layers() {
    return LayerInfos.of(this);
  }

  /**
   * Describes the layers: names, kinds, output shapes, parameters.
   *
   * @return a table
   */
  public final String summary() {
    return Summary.of(this);
  }
}

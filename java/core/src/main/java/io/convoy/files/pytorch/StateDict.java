// SPDX-License-Identifier: Apache-2.0
package io.convoy.files.pytorch;

import io.convoy.files.SafeTensors;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights of a network under the names and in the layouts of a PyTorch {@code state_dict}:
 * filters OIHW, matrices {@code [out, in]}, and where rows were images, the features in NCHW's
 * order. In Python, {@code model.load_state_dict(safetensors.torch.load_file(path))} reads what is
 * written here.
 *
 * <p>Only weights are there: padding, epsilon and the softmax at the end are up to the PyTorch
 * model.
 */
public final class StateDict {
  /** Counts training steps in PyTorch's batch normalisation, which no result depends on. */
  private static final String COUNTER = "num_batches_tracked";

  private final String network;

  /** By Convoy's names, in the order of the layers. */
  private final Map<String, Weight> weights = new LinkedHashMap<>();

  private StateDict(Network network, Map<String, String> modules) {
    this.network = network.name();
    Graph graph = new Graph();
    List<Value> outputs = network.inference(graph);
    FeatureOrder order = FeatureOrder.of(network, outputs);
    for (Value variable : graph.variables()) {
      int slash = variable.name().lastIndexOf('/');
      String layer = variable.name().substring(0, slash);
      String weight = variable.name().substring(slash + 1);
      String name = modules.get(layer) + "." + parameter(weight, layer);
      // A bias belongs to what comes out, all others to what goes in.
      Shape image = weight.equals("bias") ? FeatureOrder.PLAIN : order.before(layer);
      weights.put(variable.name(), Weight.of(name, variable.shape(), image));
    }
  }

  /**
   * Names modules as Convoy names layers: {@code conv2d/kernel} is {@code conv2d.weight}.
   *
   * @param network any network
   * @return its weights for PyTorch
   * @throws IllegalArgumentException if PyTorch has no layout for a layer; the message names it
   */
  public static StateDict byLayer(Network network) {
    Map<String, String> modules = new LinkedHashMap<>();
    network.entries().forEach(entry -> modules.put(entry.name(), entry.name()));
    return new StateDict(network, modules);
  }

  /**
   * Names modules as torchvision does: {@code layer1.0.conv1.weight}, {@code features.0.bias}.
   *
   * @param network the zoo's {@code resnet18}, {@code resnet34} or {@code resnet50} for images of
   *     64 pixels and more, or {@code vgg11} or {@code vgg16} for images that end as 7x7
   * @return its weights for PyTorch
   * @throws IllegalArgumentException if torchvision has no such network; the message says why
   */
  public static StateDict torchvision(Network network) {
    return new StateDict(network, Torchvision.modules(network));
  }

  private static String parameter(String weight, String layer) {
    return switch (weight) {
      case "kernel", "gamma" -> "weight";
      case "bias", "beta" -> "bias";
      case "moving_mean" -> "running_mean";
      case "moving_variance" -> "running_var";
      default ->
          throw new IllegalArgumentException(
              "weight '" + weight + "' of layer '" + layer + "' has no counterpart in PyTorch");
    };
  }

  /**
   * Lists the weights.
   *
   * @return shapes by PyTorch's names, in the order of the layers
   */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    weights.values().forEach(weight -> shapes.put(weight.name(), weight.shape()));
    return shapes;
  }

  /**
   * Writes weights as safetensors, atomically.
   *
   * @param values tensors by the names of {@link io.convoy.model.Model#weights}
   * @param file where to, such as {@code model.pytorch.safetensors}
   * @throws IOException if it can't be written; an older file then stays as it was
   * @throws IllegalArgumentException if one is missing or of another shape
   */
  public void write(Map<String, Tensor> values, Path file) throws IOException {
    Map<String, Tensor> converted = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          Tensor value = values.get(name);
          if (value == null) {
            throw new IllegalArgumentException(
                "the weight '" + name + "' of network '" + network + "' is missing");
          }
          converted.put(weight.name(), weight.toPyTorch(value));
        });
    SafeTensors.write(file, converted, Map.of("format", "pt"));
  }

  /**
   * Reads weights.
   *
   * @param file safetensors with exactly these names; {@code num_batches_tracked} is passed over
   * @return tensors by the names of {@link io.convoy.model.Model#weights}
   * @throws IOException if the file can't be read, or its names or shapes are others; the message
   *     says which
   */
  public Map<String, Tensor> read(Path file) throws IOException {
    Map<String, Tensor> given =
        SafeTensors.read(file, name -> !name.endsWith("." + COUNTER)).tensors();
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Map.Entry<String, Weight> entry : weights.entrySet()) {
      Weight weight = entry.getValue();
      Tensor tensor = given.get(weight.name());
      if (tensor == null || !tensor.spec().equals(weight.spec())) {
        throw new IOException(
            String.format(
                "file '%s' is not of network '%s': it wants '%s' of %s, and the file has %s",
                file, network, weight.name(), weight.spec(), found(tensor, given)));
      }
      values.put(entry.getKey(), weight.fromPyTorch(tensor));
    }
    Set<String> others = new TreeSet<>(given.keySet());
    others.removeAll(shapes().keySet());
    if (!others.isEmpty()) {
      throw new IOException(
          String.format(
              "file '%s' is not of network '%s', which has no '%s'",
              file, network, others.iterator().next()));
    }
    return values;
  }

  private static String found(Tensor tensor, Map<String, Tensor> given) {
    return tensor == null
        ? "no tensor of that name, but "
            + given.keySet().stream().sorted().limit(3).toList()
            + (given.size() > 3 ? " and " + (given.size() - 3) + " more" : "")
        : tensor.spec().toString();
  }
}

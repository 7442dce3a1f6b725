// SPDX-License-Identifier: Apache-2.0
package io.convoy.files.pytorch;

import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.LayerJson;
import io.convoy.model.Network;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names that {@code torchvision.models} gives to the modules of networks that the zoo has. */
final class Torchvision {
  /** Blocks of each stage. */
  private static final Map<String, int[]> RESNETS =
      Map.of(
          "resnet18", new int[] {2, 2, 2, 2},
          "resnet34", new int[] {3, 4, 6, 3},
          "resnet50", new int[] {3, 4, 6, 3});

  private static final Set<String> VGGS = Set.of("vgg11", "vgg16");
  private static final Set<String> WEIGHTED = Set.of("Conv2D", "Dense", "BatchNormalization");

  /** Side of the images that torchvision's VGG flattens, whatever size they had. */
  private static final int VGG_SIDE = 7;

  private Torchvision() {}

  /**
   * Returns the module of each layer that has weights.
   *
   * @throws IllegalArgumentException if torchvision has no such network; the message says why
   */
  static Map<String, String> modules(Network network) {
    boolean resnet = RESNETS.containsKey(network.name());
    if (!resnet && !VGGS.contains(network.name())) {
      throw new IllegalArgumentException(
          "torchvision has no network '"
              + network.name()
              + "' of these layers; those of resnet18, resnet34, resnet50, vgg11 and vgg16 agree."
              + " Use names by layer");
    }
    List<Value> outputs = network.inference(new Graph());
    requireZoo(network, outputs);
    if (resnet) {
      requireLargeStem(network, outputs);
      return zip(network, resnet(network.name()));
    }
    requireWholeFeatures(network, outputs);
    return zip(network, vgg(network));
  }

  /** A network may have the name alone; augmentation is no matter. */
  private static void requireZoo(Network network, List<Value> outputs) {
    int[] batch = network.input().batchShape().dims();
    Shape instance = Shape.of(Arrays.copyOfRange(batch, 1, batch.length));
    int classes = outputs.get(outputs.size() - 1).shape().dim(-1);
    Network zoo = Zoo.byName(network.name(), instance, classes);
    if (!layers(network.augment()).equals(layers(zoo))) {
      throw new IllegalArgumentException(
          "network '" + network.name() + "' has not the layers of the zoo's. Use names by layer");
    }
  }

  private static List<List<Object>> layers(Network network) {
    return network.entries().stream()
        .map(e -> List.<Object>of(LayerJson.write(e.layer()), e.inbound()))
        .toList();
  }

  private static void requireLargeStem(Network network, List<Value> outputs) {
    if (network.entries().stream().noneMatch(e -> e.layer().className().equals("MaxPooling2D"))) {
      throw new IllegalArgumentException(
          "torchvision's "
              + network.name()
              + " begins with a 7x7 convolution, this one, for small images "
              + outputs.get(0).shape()
              + ", with 3x3. Use images of at least 64 pixels, or names by layer");
    }
  }

  private static void requireWholeFeatures(Network network, List<Value> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      Network.Entry entry = network.entries().get(i);
      if (entry.layer().className().equals("Flatten")) {
        Shape features = outputs.get(entry.inbound().get(0)).shape();
        if (features.dim(1) != VGG_SIDE || features.dim(2) != VGG_SIDE) {
          throw new IllegalArgumentException(
              "torchvision's "
                  + network.name()
                  + " averages its features to 7x7, this one has "
                  + features
                  + ". Use images of 224 pixels, or names by layer");
        }
      }
    }
  }

  /** Layers with weights stand in the order in which torchvision makes its modules. */
  private static Map<String, String> zip(Network network, List<String> modules) {
    Map<String, String> byLayer = new LinkedHashMap<>();
    for (Network.Entry entry : network.entries()) {
      if (WEIGHTED.contains(entry.layer().className())) {
        byLayer.put(entry.name(), modules.get(byLayer.size()));
      }
    }
    return byLayer;
  }

  /** As torchvision/models/resnet.py names them. */
  private static List<String> resnet(String name) {
    int convolutions = name.equals("resnet50") ? 3 : 2;
    int[] blocks = RESNETS.get(name);
    List<String> modules = new ArrayList<>(List.of("conv1", "bn1"));
    for (int stage = 0; stage < blocks.length; stage++) {
      for (int block = 0; block < blocks[stage]; block++) {
        String prefix = "layer" + (stage + 1) + "." + block + ".";
        for (int i = 1; i <= convolutions; i++) {
          modules.add(prefix + "conv" + i);
          modules.add(prefix + "bn" + i);
        }
        if (block == 0 && (stage > 0 || convolutions == 3)) { // where the shape changes
          modules.add(prefix + "downsample.0");
          modules.add(prefix + "downsample.1");
        }
      }
    }
    modules.add("fc");
    return modules;
  }

  /** As torchvision/models/vgg.py numbers them: each ReLU and dropout is a module of its own. */
  private static List<String> vgg(Network network) {
    List<String> modules = new ArrayList<>();
    String part = "features.";
    int index = 0;
    for (Network.Entry entry : network.entries()) {
      switch (entry.layer().className()) {
        case "Conv2D", "Dense" -> {
          modules.add(part + index);
          index += 2;
        }
        case "MaxPooling2D", "Dropout" -> index++;
        case "Flatten" -> {
          part = "classifier.";
          index = 0;
        }
        default -> {} // the input
      }
    }
    return modules;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.zoo;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.ActivationFunction.TANH;
import static io.convoy.layers.Layers.averagePooling2D;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;

import io.convoy.layers.InputLayer;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;
import io.convoy.tensor.Shape;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Networks by name, for instances of a shape and a number of classes. All end in softmax. */
public final class Zoo {
  private static final Map<String, BiFunction<InputLayer, Integer, Network>> NETWORKS =
      new TreeMap<>();

  static {
    NETWORKS.put("workshop", Zoo::workshop);
    NETWORKS.put("lenet5", Zoo::lenet5);
    NETWORKS.put("mlp", Zoo::mlp);
    NETWORKS.put("digits", Digits::digits);
    NETWORKS.put("alexnet", AlexNet::alexnet);
    NETWORKS.put("resnet18", ResNet::resnet18);
    NETWORKS.put("resnet34", ResNet::resnet34);
    NETWORKS.put("resnet50", ResNet::resnet50);
    NETWORKS.put("vgg11", Vgg::vgg11);
    NETWORKS.put("vgg16", Vgg::vgg16);
    NETWORKS.put("mobilenet", MobileNet::mobilenet);
  }

  /** The least rows and columns of images that networks take, where that is more than 1. */
  private static final Map<String, Integer> SMALLEST =
      Map.of("workshop", 10, "lenet5", 12, "digits", 12, "vgg11", 32, "vgg16", 32, "alexnet", 67);

  private static final int IMAGE_RANK = 3;

  private Zoo() {}

  /**
   * Lists the networks.
   *
   * @return their names, sorted
   */
  public static Set<String> names() {
    return Collections.unmodifiableSet(NETWORKS.keySet());
  }

  /**
   * Makes a network.
   *
   * @param name its name
   * @param instance the shape of one instance, such as {@code [28, 28, 1]}
   * @param classes number of outputs
   * @return the network
   * @throws IllegalArgumentException if the name is unknown, or images are too small for the
   *     network's poolings; the message says what there is, or how large they must be
   */
  public static Network byName(String name, Shape instance, int classes) {
    BiFunction<InputLayer, Integer, Network> maker = NETWORKS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "model '" + name + "' is unknown; there are " + String.join(", ", NETWORKS.keySet()));
    }
    requireSize(name, instance);
    return maker.apply(input(instance.dims()), classes);
  }

  private static void requireSize(String name, Shape instance) {
    int smallest = SMALLEST.getOrDefault(name, 1);
    if (instance.rank() == IMAGE_RANK && Math.min(instance.dim(0), instance.dim(1)) < smallest) {
      throw new IllegalArgumentException(
          String.format(
              "model '%s' wants images of at least %d x %d pixels, these have %d x %d;"
                  + " choose another model, such as resnet18, or larger images",
              name, smallest, smallest, instance.dim(0), instance.dim(1)));
    }
  }

  /** The workshop's net: 1,668,490 parameters for 28x28x1 and 10 classes. */
  private static Network workshop(InputLayer input, int classes) {
    return new Sequential(
        "workshop",
        input,
        conv2D(32, 3).activation(RELU),
        maxPooling2D(2),
        conv2D(64, 3).activation(RELU),
        maxPooling2D(2),
        dropout(0.2),
        flatten(),
        dense(1024).activation(RELU),
        dense(classes).activation(SOFTMAX));
  }

  /**
   * LeNet-5 (LeCun et al. 1998) as it is taught today: all maps connected, average pooling without
   * weights, softmax at the end; 61,706 parameters for 28x28x1 and 10 classes.
   */
  private static Network lenet5(InputLayer input, int classes) {
    return new Sequential(
        "lenet5",
        input,
        conv2D(6, 5).padding(Padding.SAME).activation(TANH),
        averagePooling2D(2),
        conv2D(16, 5).activation(TANH),
        averagePooling2D(2),
        flatten(),
        dense(120).activation(TANH),
        dense(84).activation(TANH),
        dense(classes).activation(SOFTMAX));
  }

  /** Two hidden layers of 512 and 256; 535,818 parameters for 28x28x1 and 10 classes. */
  private static Network mlp(InputLayer input, int classes) {
    return new Sequential(
        "mlp",
        input,
        flatten(),
        dense(512).activation(RELU),
        dense(256).activation(RELU),
        dense(classes).activation(SOFTMAX));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.files.pytorch;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.concatenate;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.conv2DTranspose;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.depthwiseConv2D;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;
import static io.convoy.layers.Layers.randomRotation;
import static io.convoy.layers.Layers.reshape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.files.SafeTensors;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.LayerOutput;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, shapes and order of PyTorch's weights, there and back. */
class StateDictTest {
  @TempDir Path folder;

  private final Network net =
      new Sequential(
          "net",
          input(6, 5, 2),
          conv2D(4, 3),
          batchNormalization(),
          flatten(),
          batchNormalization(),
          activation(RELU),
          dropout(0.5),
          dense(3),
          dense(7).useBias(false));

  /**
   * The lists are what torchvision 0.14.1 says with 1000 classes: {@code for k, v in
   * resnet18().state_dict().items(): print(k, list(v.shape))}, less num_batches_tracked.
   */
  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet34", "resnet50", "vgg11", "vgg16"})
  void torchvisionsNamesAndShapes(String name) throws IOException {
    List<String> lines = new ArrayList<>();
    StateDict.torchvision(Zoo.byName(name, Shape.of(224, 224, 3), 1000))
        .shapes()
        .forEach((weight, shape) -> lines.add(weight + " " + shape));
    try (InputStream in = getClass().getResourceAsStream(name + ".txt")) {
      String pinned = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(pinned.strip(), String.join("\n", lines));
    }
  }

  @Test
  void augmentationIsNoMatter() {
    Network plain = Zoo.byName("vgg11", Shape.of(224, 224, 3), 10);
    Network augmented = plain.augment(randomRotation(0.1));
    assertEquals(StateDict.torchvision(plain).shapes(), StateDict.torchvision(augmented).shapes());
    assertEquals(StateDict.byLayer(plain).shapes(), StateDict.byLayer(augmented).shapes());
  }

  @Test
  void namesByLayer() {
    Map<String, Shape> expected = new LinkedHashMap<>();
    expected.put("conv2d.weight", Shape.of(4, 2, 3, 3));
    expected.put("conv2d.bias", Shape.of(4));
    expected.put("batch_normalization.weight", Shape.of(4));
    expected.put("batch_normalization.bias", Shape.of(4));
    expected.put("batch_normalization.running_mean", Shape.of(4));
    expected.put("batch_normalization.running_var", Shape.of(4));
    expected.put("batch_normalization_1.weight", Shape.of(48));
    expected.put("batch_normalization_1.bias", Shape.of(48));
    expected.put("batch_normalization_1.running_mean", Shape.of(48));
    expected.put("batch_normalization_1.running_var", Shape.of(48));
    expected.put("dense.weight", Shape.of(3, 48));
    expected.put("dense.bias", Shape.of(3));
    expected.put("dense_1.weight", Shape.of(7, 3));
    assertEquals(
        List.copyOf(expected.entrySet()), List.copyOf(StateDict.byLayer(net).shapes().entrySet()));
  }

  @Test
  void elementsAreWherePyTorchLooksForThem() throws IOException {
    Map<String, Tensor> weights = numbered(net);
    Map<String, Tensor> there = written(net, weights);
    float[] filter = weights.get("conv2d/kernel").floats(); // [3, 3, 2, 4]
    assertEquals(filter[((2 * 3 + 1) * 2 + 1) * 4 + 3], at(there.get("conv2d.weight"), 3, 1, 2, 1));
    float[] kernel = weights.get("dense/kernel").floats(); // [4 * 3 * 4, 3]
    int here = (2 * 3 + 1) * 4 + 3; // row 2, column 1, channel 3 of a 4x3 image
    int pixel = (3 * 4 + 2) * 3 + 1;
    assertEquals(kernel[here * 3 + 2], at(there.get("dense.weight"), 2, pixel));
    float[] means = weights.get("batch_normalization_1/moving_mean").floats();
    assertEquals(means[here], at(there.get("batch_normalization_1.running_mean"), pixel));
    float[] second = weights.get("dense_1/kernel").floats(); // [3, 7]
    assertEquals(second[2 * 7 + 5], at(there.get("dense_1.weight"), 5, 2));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Network other =
        new Sequential(
            "other",
            input(12, 12, 2),
            depthwiseConv2D(3).depthMultiplier(2),
            conv2D(6, 3).groups(2),
            conv2DTranspose(3, 2).strides(2),
            maxPooling2D(4),
            reshape(48),
            dense(5));
    for (Network network : List.of(net, other)) {
      Map<String, Tensor> weights = numbered(network);
      written(network, weights);
      Map<String, Tensor> read = StateDict.byLayer(network).read(folder.resolve("pt"));
      assertEquals(weights.keySet(), read.keySet());
      weights.forEach((name, w) -> assertArrayEquals(w.floats(), read.get(name).floats(), name));
      weights.forEach((name, w) -> assertEquals(w.spec(), read.get(name).spec()));
    }
  }

  /** As torch.save and safetensors.torch.save_file write it. */
  @Test
  void countersOfBatchesArePassedOver() throws IOException {
    Network one = new Sequential("one", input(1), batchNormalization());
    String header = "{'batch_normalization.num_batches_tracked':" + entry("I64", "", 0, 8);
    int at = 8;
    for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
      header += ",'batch_normalization." + name + "':" + entry("F32", "1", at, at + 4);
      at += 4;
    }
    byte[] json = (header + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + at).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).putLong(3).putFloat(1).putFloat(2).putFloat(3);
    Path file = Files.write(folder.resolve("pt"), bytes.putFloat(4).array());
    Map<String, Tensor> read = StateDict.byLayer(one).read(file);
    assertEquals(3, read.get("batch_normalization/moving_mean").item());
    assertEquals(4, read.size());
  }

  private static String entry(String dtype, String shape, int begin, int end) {
    return "{'dtype':'%s','shape':[%s],'data_offsets':[%d,%d]}".formatted(dtype, shape, begin, end);
  }

  @Test
  void anotherNetworksFile() throws IOException {
    Network small = new Sequential("small", input(4), dense(3));
    Path file = folder.resolve("pt");
    StateDict names = StateDict.byLayer(small);
    names.write(numbered(small), file);
    refuses(net, file, "is not of network 'net': it wants 'conv2d.weight' of FLOAT32 [4, 2, 3, 3]");
    refuses(net, file, "the file has no tensor of that name, but [dense.bias, dense.weight]");
    refuses(new Sequential("wide", input(4), dense(5)), file, "has FLOAT32 [3, 4]");
    Network less = new Sequential("less", input(4), dense(3).useBias(false));
    refuses(less, file, "network 'less', which has no 'dense.bias'");
    String message =
        assertThrows(IllegalArgumentException.class, () -> names.write(Map.of(), file))
            .getMessage();
    assertTrue(message.contains("'dense/kernel' of network 'small' is missing"), message);
  }

  private static void refuses(Network network, Path file, String part) {
    StateDict names = StateDict.byLayer(network);
    String message = assertThrows(IOException.class, () -> names.read(file)).getMessage();
    assertTrue(message.contains(file.toString()) && message.contains(part), message);
  }

  @Test
  void ordersThatPyTorchHasNot() {
    LayerOutput x = input(4, 4, 2).apply();
    LayerOutput rows = flatten().apply(conv2D(2, 3).apply(x));
    LayerOutput means = globalAveragePooling2D().apply(x);
    refuses(new Network("n", x, dense(2).apply(concatenate().apply(rows, means))), "'concatenate'");
    refuses(new Sequential("n", input(4, 4, 2), reshape(2, 8, 2), conv2D(2, 1)), "'reshape'");
    refuses(new Sequential("n", input(8), dense(8), reshape(2, 2, 2), conv2D(2, 1)), "'reshape'");
    Network back =
        new Sequential("n", input(4, 4, 2), flatten(), dropout(0.5), reshape(4, 4, 2), flatten());
    assertTrue(StateDict.byLayer(back).shapes().isEmpty());
    Network oneChannel = new Sequential("n", input(16), reshape(4, 4, 1), conv2D(2, 1));
    assertFalse(StateDict.byLayer(oneChannel).shapes().isEmpty());
  }

  private static void refuses(Network network, String layer) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> StateDict.byLayer(network)).getMessage();
    assertTrue(message.contains("layer " + layer), message);
    assertTrue(message.contains("ONNX"), message);
  }

  @Test
  void networksThatTorchvisionHasNot() {
    torchvisionRefuses(Zoo.byName("alexnet", Shape.of(227, 227, 3), 10), "no network 'alexnet'");
    torchvisionRefuses(Zoo.byName("mobilenet", Shape.of(224, 224, 3), 10), "resnet18, resnet34");
    torchvisionRefuses(Zoo.byName("resnet18", Shape.of(32, 32, 3), 10), "at least 64 pixels");
    torchvisionRefuses(Zoo.byName("vgg11", Shape.of(64, 64, 3), 10), "images of 224 pixels");
    torchvisionRefuses(new Sequential("vgg16", input(4), dense(2)), "has not the layers");
  }

  private static void torchvisionRefuses(Network network, String part) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> StateDict.torchvision(network))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  private Map<String, Tensor> written(Network network, Map<String, Tensor> weights)
      throws IOException {
    Path file = folder.resolve("pt");
    StateDict.byLayer(network).write(weights, file);
    return SafeTensors.read(file).tensors();
  }

  private static float at(Tensor tensor, int... index) {
    int offset = 0;
    for (int i = 0; i < index.length; i++) {
      offset = offset * tensor.spec().shape().dim(i) + index[i];
    }
    return tensor.floatBuffer().get(offset);
  }

  /** Weights of which no two elements are alike. */
  private static Map<String, Tensor> numbered(Network network) {
    Graph graph = new Graph();
    network.inference(graph);
    Map<String, Tensor> weights = new LinkedHashMap<>();
    int number = 0;
    for (Value variable : graph.variables()) {
      Tensor tensor = Tensor.zeros(variable.spec());
      FloatBuffer out = tensor.floatBuffer();
      while (out.hasRemaining()) {
        out.put(number++);
      }
      weights.put(variable.name(), tensor);
    }
    return weights;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import static io.convoy.layers.ActivationFunction.GELU;
import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SILU;
import static io.convoy.layers.ActivationFunction.elu;
import static io.convoy.layers.ActivationFunction.leakyRelu;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.averagePooling2D;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.concatenate;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.depthwiseConv2D;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.globalMaxPooling2D;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.localResponseNormalization;
import static io.convoy.layers.Layers.maxPooling2D;
import static io.convoy.layers.Layers.minPooling2D;
import static io.convoy.layers.Layers.multiply;
import static io.convoy.layers.Layers.randomCrop;
import static io.convoy.layers.Layers.reshape;
import static io.convoy.layers.Layers.zeroPadding2D;
import static io.convoy.losses.Losses.MEAN_SQUARED_ERROR;
import static io.convoy.ops.Padding.SAME;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.convoy.layers.ActivationFunction;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerJson;
import io.convoy.layers.LayerOutput;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.model.TrainedNetwork;
import io.convoy.ops.Padding;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written can be read, in every format, and lies where Keras looks for it. */
class WriteTest {
  @TempDir Path folder;

  static Stream<Network> networks() {
    return Stream.of(
        branches(),
        row(
            conv2D(4, 3).groups(2).strides(2, 1).kernelRegularizer(0.01).activation(elu(1)),
            depthwiseConv2D(2).depthMultiplier(3).dilationRate(2).kernelRegularizer(0.5),
            activation(leakyRelu(0.1)),
            activation(elu(0.5)),
            averagePooling2D(2).strides(1).padding(SAME),
            globalMaxPooling2D(),
            dense(4).activation(SILU),
            reshape(2, 2, 1),
            zeroPadding2D(1),
            flatten(),
            dropout(0.5),
            dense(3).useBias(false)),
        row(
            conv2D(4, 3).padding(Padding.explicit(0, 1, 2, 1)).activation(RELU),
            maxPooling2D(3).padding(Padding.explicit(1, 1, 0, 1)),
            depthwiseConv2D(3).padding(Padding.explicit(2, 0, 1, 1)).trainable(false),
            flatten()),
        Zoo.byName("resnet18", Shape.of(64, 64, 2), 3),
        Zoo.byName("mobilenet", Shape.of(32, 32, 2), 3));
  }

  private static Network row(Layer... layers) {
    Layer[] all = new Layer[layers.length + 1];
    all[0] = input(9, 8, 2);
    System.arraycopy(layers, 0, all, 1, layers.length);
    return new Sequential("row", all);
  }

  /** The short branch comes first in Convoy, and later in Keras, which goes by depth. */
  private static Network branches() {
    LayerOutput image = input(9, 8, 2).apply();
    LayerOutput brief = conv2D(4, 1).apply(image);
    LayerOutput longer = conv2D(4, 1).activation(GELU).apply(conv2D(2, 1).apply(image));
    LayerOutput normal = batchNormalization().momentum(0.9).epsilon(0.01).apply(longer);
    LayerOutput sum = add().apply(brief, normal);
    LayerOutput joined = concatenate().apply(sum, multiply().apply(sum, normal));
    return new Network("branches", image, globalAveragePooling2D().apply(joined));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyFormatIsReadBack(Network network) throws IOException {
    TrainedNetwork trained = Fixtures.random(network);
    Path json = folder.resolve("m.json");
    Path weights = folder.resolve("m.weights.h5");
    Keras.writeJson(network, json);
    Keras.writeWeights(trained, weights);
    requireSame(trained, Keras.read(json, weights, MEAN_SQUARED_ERROR));
    Path keras = folder.resolve("m.keras");
    Keras.write(trained, keras);
    requireSame(trained, Fixtures.read(keras));
    Path h5 = folder.resolve("m.h5");
    Keras.writeH5(trained, h5);
    requireSame(trained, Fixtures.read(h5));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(4, files.count());
    }
  }

  private static void requireSame(TrainedNetwork expected, TrainedNetwork actual) {
    Fixtures.requireEqual(expected.weights(), actual.weights());
    assertEquals(expected.network().name(), actual.network().name());
    Tensor x = images(expected.network().input().batchShape().withBatch(2));
    float[] y = Fixtures.predict(expected, x).floats();
    float largest = 0;
    for (float each : y) {
      largest = Math.max(largest, Math.abs(each));
    }
    assertArrayEquals(y, Fixtures.predict(actual, x).floats(), 1e-5f * largest);
  }

  private static Tensor images(Shape shape) {
    Random random = new Random(2);
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(values, shape.dims());
  }

  @Test
  void weightsLieWhereKeras3Looks() throws IOException {
    Path file = folder.resolve("m.weights.h5");
    TrainedNetwork trained = Fixtures.random(branches());
    Keras.writeWeights(trained, file);
    H5Group layers = KerasFile.open(file).requireWeights().get("layers");
    assertEquals(
        List.of("batch_normalization", "conv2d", "conv2d_1", "conv2d_2"),
        layers.children().stream().sorted().toList());
    // By depth: the second convolution of Convoy's row is the first of Keras'.
    assertEquals("conv2d_1", layers.get("conv2d/vars").text("name").orElseThrow());
    assertArrayEquals(
        trained.weights().get("conv2d_1/kernel").floats(),
        layers.get("conv2d/vars").tensor("0", Shape.of(1, 1, 2, 2), "kernel").floats());
    assertArrayEquals(
        trained.weights().get("batch_normalization/moving_variance").floats(),
        layers.get("batch_normalization/vars").tensor("3", Shape.of(4), "variance").floats());
  }

  @Test
  void weightsLieWhereKeras2Looks() throws IOException {
    Path file = folder.resolve("m.h5");
    Keras.writeH5(Fixtures.random(branches()), file);
    H5Group root = KerasFile.open(file).requireWeights();
    assertEquals("tensorflow", root.text("backend").orElseThrow());
    H5Group weights = root.get("model_weights");
    assertEquals(
        List.of("conv2d_1", "conv2d_2", "conv2d", "batch_normalization"),
        weights.texts("layer_names"));
    assertEquals(
        List.of("conv2d/kernel:0", "conv2d/bias:0"), weights.get("conv2d").texts("weight_names"));
    weights.get("conv2d").tensor("conv2d/kernel:0", Shape.of(1, 1, 2, 4), "kernel");
    weights.get("conv2d/conv2d").tensor("bias:0", Shape.of(4), "bias");
  }

  @Test
  void depthwiseKernelsHaveKerasShape() throws IOException {
    Path file = folder.resolve("m.weights.h5");
    Keras.writeWeights(Fixtures.random(row(depthwiseConv2D(3).depthMultiplier(5))), file);
    H5Group vars = KerasFile.open(file).requireWeights().get("layers/depthwise_conv2d/vars");
    vars.tensor("0", Shape.of(3, 3, 2, 5), "kernel");
  }

  @Test
  void theArchitectureAsJson() throws IOException {
    Path file = folder.resolve("m.json");
    Keras.writeJson(row(conv2D(4, 3).activation(RELU), flatten()), file);
    String layer =
        "{'module':'keras.layers','class_name':'%s','config':{%s},'registered_name':null}";
    String input = "'name':'input','dtype':'float32','batch_shape':[null,9,8,2]";
    String convolution =
        "'name':'conv2d','dtype':'float32','filters':4,'groups':1,'kernel_size':[3,3],"
            + "'strides':[1,1],'padding':'valid','dilation_rate':[1,1],'activation':'relu',"
            + "'use_bias':true,'data_format':'channels_last'";
    String layers =
        String.join(
            ",",
            layer.formatted("InputLayer", input),
            layer.formatted("Conv2D", convolution),
            layer.formatted("Flatten", "'name':'flatten','dtype':'float32'"));
    String model =
        "{'module':'keras','class_name':'Sequential','config':{'name':'row','layers':[%s]},"
            + "'registered_name':null}";
    assertEquals(
        JsonParser.parseString(model.formatted(layers).replace('\'', '"')),
        JsonParser.parseString(Files.readString(file)));
  }

  @Test
  void aModelOfOneInputTakesNoList() throws IOException {
    Path file = folder.resolve("m.json");
    Keras.writeJson(branches(), file);
    String json = Files.readString(file);
    assertTrue(json.contains("\"input_layers\":[\"input\",0,0]"), json);
    assertTrue(json.contains("\"output_layers\":[\"global_average_pooling2d\",0,0]"), json);
  }

  @Test
  void whatIsFrozenStaysSoAndAugmentationStaysBehind() throws IOException {
    Network network = row(conv2D(4, 3), flatten()).trainable(false, "conv2d");
    Path file = folder.resolve("m.keras");
    Keras.write(Fixtures.random(network.augment(randomCrop(2))), file);
    Network read = Keras.readNetwork(file);
    assertEquals(List.of("input", "conv2d", "flatten"), names(read));
    assertEquals(
        LayerJson.write(network.entries().get(1).layer()),
        LayerJson.write(read.entries().get(1).layer()));
  }

  private static List<String> names(Network network) {
    return network.entries().stream().map(Network.Entry::name).toList();
  }

  @Test
  void theSameBytesAgain() throws IOException {
    TrainedNetwork trained = Fixtures.random(branches());
    Path first = folder.resolve("a.keras");
    Path second = folder.resolve("b.keras");
    Keras.write(trained, first);
    Keras.write(trained, second);
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void whatKerasHasNot() {
    mustFail(minPooling2D(2), "'min_pooling2d' (MinPooling2D) has no counterpart in Keras");
    mustFail(localResponseNormalization(), "(LocalResponseNormalization) has no counterpart");
    mustFail(conv2D(3, 1).activation(leakyRelu(0.3)), "'conv2d' (Conv2D)", "activation", "0.3");
    mustFail(activation(ActivationFunction.radialBasis(1, 2)), "radial_basis");
    Padding around = Padding.explicit(1, 1, 1, 1);
    mustFail(averagePooling2D(3).padding(around), "'average_pooling2d'", "Use VALID or SAME");
    mustFail(maxPooling2D(3).padding(around), "'max_pooling2d'", "after a ReLU");
  }

  private void mustFail(Layer layer, String... words) {
    TrainedNetwork trained = Fixtures.random(row(layer));
    Path file = folder.resolve("m.keras");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Keras.write(trained, file)).getMessage();
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
    assertTrue(Files.notExists(file));
  }

  @Test
  void anArchitectureThatIsTooLongForAnAttribute() {
    Layer[] many = Stream.generate(() -> activation(RELU)).limit(800).toArray(Layer[]::new);
    TrainedNetwork trained = Fixtures.random(row(many));
    Path file = folder.resolve("m.h5");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Keras.writeH5(trained, file))
            .getMessage();
    assertTrue(message.contains("'model_config'") && message.contains(".keras"), message);
  }

  @Test
  void aFolderThatIsNotThere() {
    Path file = folder.resolve("no/m.weights.h5");
    TrainedNetwork trained = Fixtures.random(branches());
    String message =
        assertThrows(IOException.class, () -> Keras.writeWeights(trained, file)).getMessage();
    assertTrue(message.contains("there is no folder"), message);
  }
}

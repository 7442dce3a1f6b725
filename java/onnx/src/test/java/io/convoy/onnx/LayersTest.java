// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.RELU6;
import static io.convoy.layers.ActivationFunction.SIGMOID;
import static io.convoy.layers.Layers.activation;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.averagePooling2D;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.concatenate;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.conv2DTranspose;
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
import static io.convoy.layers.Layers.randomRotation;
import static io.convoy.layers.Layers.reshape;
import static io.convoy.layers.Layers.zeroPadding2D;
import static io.convoy.ops.Padding.SAME;

import io.convoy.graph.Value;
import io.convoy.layers.ActivationFunction;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerOutput;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.nn.Nn;
import io.convoy.ops.Padding;
import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layer, alone and where layouts meet, answers in ONNX Runtime as in Convoy. */
class LayersTest {
  private static final Padding UNEVEN = Padding.explicit(0, 1, 2, 1);

  private static final Layer EXP = activation(new ActivationFunction("exp", 0, 0));

  static Stream<Arguments> rows() {
    return Stream.of(
        row("convolution", conv2D(4, 3)),
        row("same", conv2D(4, 3).strides(2).padding(SAME).useBias(false)),
        row("same of an even window", conv2D(4, 4).strides(3, 2).padding(SAME)),
        row("explicit", conv2D(4, 3).padding(UNEVEN)),
        row("dilated", conv2D(4, 2).dilationRate(2, 3).padding(SAME)),
        row("grouped", conv2D(4, 3).groups(2)),
        row("depthwise", depthwiseConv2D(3).strides(2).padding(SAME)),
        row("depthwise, multiplied", depthwiseConv2D(2).depthMultiplier(3)),
        row("transposed", conv2DTranspose(3, 3)),
        row("transposed, same", conv2DTranspose(3, 3).strides(2).padding(SAME)),
        row("transposed, stride beyond window", conv2DTranspose(3, 2).strides(3).padding(SAME)),
        row("transposed, explicit", conv2DTranspose(3, 4).strides(2).padding(UNEVEN)),
        row("transposed, dilated", conv2DTranspose(3, 2).strides(2).dilationRate(2)),
        row("max pooling", maxPooling2D(2)),
        row("max pooling, same", maxPooling2D(3).strides(2).padding(SAME)),
        row("max pooling of negatives", activation(ActivationFunction.LOG_SOFTMAX), around()),
        row("min pooling", minPooling2D(3).strides(2).padding(SAME)),
        row("min pooling, explicit", minPooling2D(3).strides(1).padding(UNEVEN)),
        row("average pooling", averagePooling2D(2)),
        row("average pooling, same", averagePooling2D(3).strides(2).padding(SAME)),
        row("average pooling, explicit", averagePooling2D(3).strides(1).padding(UNEVEN)),
        row("global average", globalAveragePooling2D()),
        row("global maximum, dense", globalMaxPooling2D(), dense(3)),
        row("flattened image", conv2D(3, 3), flatten(), dense(5)),
        row("flattened input", flatten(), dense(5)),
        row("flattened, normalised", conv2D(3, 3), flatten(), batchNormalization(), dense(5)),
        row("reshaped", reshape(7, 4, 9), conv2D(2, 3), reshape(10, 2), flatten(), dense(2)),
        row("batch normalisation", batchNormalization().epsilon(1e-2), conv2D(2, 3)),
        row("normalised behind", conv2D(2, 3), batchNormalization(), activation(RELU)),
        row("cut off at 6", EXP, EXP, activation(RELU6)),
        row("local response", localResponseNormalization().depthRadius(1).bias(2).alpha(0.7)),
        row("local response of all", localResponseNormalization().depthRadius(9).beta(0.75)),
        row("padded with zeros", zeroPadding2D(2), conv2D(2, 3), zeroPadding2D(1)),
        row("dropout", dropout(0.5), conv2D(2, 3), dropout(0.5)),
        row("augmentation", randomRotation(0.1), conv2D(2, 3)),
        row("dropout alone", dropout(0.5)));
  }

  private static Layer around() {
    return maxPooling2D(3).strides(2).padding(Padding.explicit(2, 2, 2, 2));
  }

  private static Arguments row(String name, Layer... layers) {
    return Arguments.of(name, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void answersAreTheSame(String name, Layer... layers) throws Exception {
    List<Layer> all = new ArrayList<>(List.of(input(9, 7, 4)));
    all.addAll(List.of(layers));
    mustAgree(new Sequential("net", all.toArray(new Layer[0])));
  }

  static Stream<ActivationFunction> functions() {
    Stream<ActivationFunction> named =
        Stream.of(
                "linear",
                "relu",
                "relu6",
                "sigmoid",
                "tanh",
                "gelu",
                "silu",
                "softmax",
                "log_softmax")
            .map(name -> new ActivationFunction(name, 0, 0));
    Stream<ActivationFunction> others =
        Stream.of(
            ActivationFunction.leakyRelu(0.3),
            ActivationFunction.elu(0.7),
            ActivationFunction.radialBasis(1.5, 0.25),
            new ActivationFunction("exp", 0, 0),
            new ActivationFunction("square", 0, 0),
            new ActivationFunction("abs", 0, 0));
    return Stream.concat(named, others);
  }

  /** Of rows, and of an image, where softmax runs along the channels. */
  @ParameterizedTest
  @MethodSource("functions")
  void activations(ActivationFunction function) throws Exception {
    mustAgree(new Sequential("rows", input(6), dense(5).activation(function)));
    mustAgree(new Sequential("image", input(5, 6, 2), conv2D(3, 2).activation(function)));
    mustAgree(new Sequential("input", input(5, 6, 2), activation(function)));
  }

  /** Of positive numbers alone. */
  @ParameterizedTest
  @ValueSource(strings = {"log", "sqrt"})
  void activationsOfPositives(String name) throws Exception {
    ActivationFunction function = new ActivationFunction(name, 0, 0);
    mustAgree(new Sequential("net", input(6), activation(SIGMOID), activation(function)));
  }

  /** Branches of which some saw a convolution and some did not. */
  @Test
  void branches() throws Exception {
    LayerOutput x = input(9, 7, 4).apply();
    LayerOutput convolved = conv2D(4, 3).padding(SAME).apply(x);
    LayerOutput both = concatenate().apply(x, convolved, x);
    LayerOutput sum = add().apply(x, convolved, activation(RELU).apply(x));
    LayerOutput product = multiply().apply(sum, convolved);
    LayerOutput joined = concatenate().apply(both, product, flatRound(x));
    LayerOutput first = dense(3).apply(flatten().apply(joined));
    LayerOutput second = globalAveragePooling2D().apply(joined);
    mustAgree(new Network("branches", x, concatenate().apply(first, second)));
  }

  private static LayerOutput flatRound(LayerOutput x) {
    return reshape(9, 7, 4).apply(flatten().apply(x));
  }

  /** A layer of one's own may use ops that no layer of Convoy's has in inference. */
  @Test
  void layersOfOnesOwn() throws Exception {
    Layer own =
        new Own(
            x -> {
              Value part = Nn.slice(x, 3, 1, 2);
              Value mean = Nn.reduceMean(x, 1, 2); // [N, 4]
              Value sum = Nn.reduceSum(Nn.slice(x, 1, 2, 3), 1, 2);
              Value one = x.graph().constant(0.5f);
              Value scaled = Nn.scale(Nn.divide(Nn.subtract(mean, one), one), 3);
              Value larger = Nn.maximum(scaled, Nn.minimum(sum, one));
              Value flag = Nn.greaterEqual(mean, sum);
              return Nn.concat(List.of(larger, flag, Nn.flatten(part)), 1);
            });
    mustAgree(new Sequential("rows", input(9, 7, 4), own));
    mustAgree(new Sequential("image", input(11, 9, 2), conv2D(4, 3), own, dense(2)));
  }

  /** A bias on what is no linear op, and one on a convolution that others read without it. */
  @Test
  void biasesThatCanNotBeJoined() throws Exception {
    Layer own =
        new Own(
            x -> {
              Value bias = constant(x, 1, 2, 3, 4);
              return Nn.concat(List.of(x, Nn.biasAdd(x, bias), Nn.biasAdd(Nn.tanh(x), bias)), 3);
            });
    mustAgree(new Sequential("net", input(9, 7, 2), conv2D(4, 3).useBias(false), own));
  }

  /** A bias that is computed behind the convolution it is added to. */
  @Test
  void computedBiases() throws Exception {
    Layer own = new Own(x -> Nn.biasAdd(x, Nn.tanh(constant(x, 1, 2, 3, 4))));
    mustAgree(new Sequential("net", input(9, 7, 2), conv2D(4, 3).useBias(false), own));
  }

  private static Value constant(Value x, float... values) {
    return x.graph().constant("constant", Tensor.of(values, values.length));
  }

  private static void mustAgree(Network network) throws Exception {
    OnnxRuntime.mustAgree(network, 1, 3);
  }
}

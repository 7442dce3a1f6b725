// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.layers.ActivationFunction;
import io.convoy.layers.Layer;
import io.convoy.layers.LayerJson;
import io.convoy.layers.Layers;
import io.convoy.model.Network;
import io.convoy.ops.Padding;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keras' JSON, layer by layer; quotes are single here. */
class ArchitectureTest {
  private static final String INPUT = "'batch_shape':[null,8,8,2],'name':'image'";

  @TempDir Path folder;

  private Network read(String json) throws IOException {
    Path file = folder.resolve("m.json");
    return Keras.readNetwork(Files.writeString(file, json.replace('\'', '"')));
  }

  private static String layer(String className, String name, String settings) {
    return "{'class_name':'%s','config':{'name':'%s'%s}}"
        .formatted(className, name, settings.isEmpty() ? "" : "," + settings);
  }

  private static String sequential(String... layers) {
    return "{'class_name':'Sequential','config':{'name':'row','layers':[{'class_name':'InputLayer',"
        + "'config':{"
        + INPUT
        + "}},"
        + String.join(",", layers)
        + "]}}";
  }

  private Layer one(String className, String settings) throws IOException {
    return read(sequential(layer(className, "it", settings))).entries().get(1).layer();
  }

  private static void requireSame(Layer expected, Layer actual) {
    assertEquals(LayerJson.write(expected), LayerJson.write(actual));
  }

  @Test
  void settingsOfConvolutions() throws IOException {
    requireSame(
        Layers.conv2D(4, 3, 2)
            .strides(2, 1)
            .dilationRate(1, 2)
            .padding(Padding.SAME)
            .groups(2)
            .useBias(false)
            .kernelRegularizer(0.5)
            .activation(ActivationFunction.SILU),
        one(
            "Conv2D",
            "'filters':4,'kernel_size':[3,2],'strides':[2,1],'dilation_rate':[1,2],'groups':2,"
                + "'padding':'same','use_bias':false,'activation':'swish','kernel_regularizer':"
                + "{'class_name':'L2','config':{'l2':0.5}}"));
    requireSame(Layers.conv2D(4, 3), one("Conv2D", "'filters':4,'kernel_size':3"));
    requireSame(
        Layers.conv2D(4, 3).trainable(false),
        one("Conv2D", "'filters':4,'kernel_size':3,'trainable':false"));
    requireSame(
        Layers.depthwiseConv2D(3).depthMultiplier(2).strides(2),
        one("DepthwiseConv2D", "'kernel_size':[3,3],'depth_multiplier':2,'strides':[2,2]"));
  }

  @Test
  void settingsOfOthers() throws IOException {
    requireSame(
        Layers.maxPooling2D(2).strides(1).padding(Padding.SAME),
        one("MaxPooling2D", "'pool_size':2,'strides':1,'padding':'same'"));
    requireSame(
        Layers.averagePooling2D(3), one("AveragePooling2D", "'pool_size':[3,3],'strides':null"));
    requireSame(
        Layers.batchNormalization().momentum(0.9).epsilon(0.01),
        one("BatchNormalization", "'axis':[3],'momentum':0.9,'epsilon':0.01"));
    requireSame(Layers.zeroPadding2D(2), one("ZeroPadding2D", "'padding':2"));
    requireSame(Layers.zeroPadding2D(2), one("ZeroPadding2D", "'padding':[2,[2,2]]"));
    requireSame(Layers.reshape(64, 2), one("Reshape", "'target_shape':[64,2]"));
    requireSame(Layers.dropout(0.25), one("Dropout", "'rate':0.25,'seed':3"));
  }

  @Test
  void settingsOfActivations() throws IOException {
    requireSame(Layers.activation(ActivationFunction.RELU), one("ReLU", "'max_value':null"));
    requireSame(Layers.activation(ActivationFunction.RELU6), one("ReLU", "'max_value':6.0"));
    requireSame(
        Layers.activation(ActivationFunction.RELU6), one("Activation", "'activation':'relu6'"));
    requireSame(
        Layers.activation(ActivationFunction.leakyRelu(0.5)), one("ReLU", "'negative_slope':0.5"));
    requireSame(
        Layers.activation(ActivationFunction.leakyRelu(0.1)), one("LeakyReLU", "'alpha':0.1"));
    requireSame(Layers.activation(ActivationFunction.elu(0.5)), one("ELU", "'alpha':0.5"));
    requireSame(Layers.activation(ActivationFunction.SOFTMAX), one("Softmax", "'axis':-1"));
    requireSame(
        Layers.activation(ActivationFunction.TANH),
        one(
            "Activation",
            "'activation':{'module':'builtins','class_name':'function','config':'tanh'}"));
    requireSame(
        Layers.activation(ActivationFunction.LINEAR), one("Activation", "'activation':null"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Rescaling | 'scale':2 | no such layer; it reads [Activation",
        "Functional | 'layers':[] | no such layer",
        "Conv2D | 'filters':4,'kernel_size':3,'data_format':'channels_first' | channels_first",
        "Conv2D | 'filters':4,'kernel_size':3,'padding':'causal' | padding=\"causal\"",
        "Conv2D | 'filters':4,'kernel_size':'x' | the settings of a",
        "Conv2D | 'kernel_size':3 | its setting 'filters' is null",
        "Conv2D | 'filters':4,'kernel_size':3,'activation':'mish' | \"mish\" is none of [linear",
        "Dense | 'units':4,'kernel_regularizer':{'config':{'l1':1,'l2':1}} | kernel_regularizer",
        "Dense | 'units':4,'kernel_constraint':{'class_name':'MaxNorm'} | kernel_constraint",
        "Dense | 'units':0 | at least 1 unit",
        "Dense | 'units':4 | put flatten() before it",
        "BatchNormalization | 'axis':1 | axis=1 is not the innermost",
        "Softmax | 'axis':[1] | axis=[1] is not the innermost",
        "Dropout | 'rate':0.5,'noise_shape':[1,2] | noise_shape=[1,2]",
        "ReLU | 'max_value':5.0 | max_value=5.0",
        "ReLU | 'threshold':1.0 | threshold=1.0",
        "Reshape | 'target_shape':[-1,2] | target_shape=[-1,2]",
        "GlobalAveragePooling2D | 'keepdims':true | keepdims=true",
        "ZeroPadding2D | 'padding':[[1,2,3],[4,5]] | setting 'padding'",
      })
  void layersThatConvoyHasNot(String className, String settings, String word) {
    mustFail(sequential(layer(className, "it", settings)), "'it' (" + className, word);
  }

  private void mustFail(String json, String... words) {
    String message = assertThrows(IOException.class, () -> read(json)).getMessage();
    assertTrue(message.startsWith(folder.resolve("m.json").toString()), message);
    for (String word : words) {
      assertTrue(word == null || message.contains(word), message);
    }
  }

  @Test
  void whereInputsHaveTheirShape() throws IOException {
    String flat = layer("Flatten", "f", "");
    String model = "{'class_name':'Sequential','config':{'name':'m','layers':[%s]%s}%s}";
    String first = layer("Flatten", "f", "'batch_input_shape':[null,2,3]");
    Shape expected = Shape.of(Shape.UNKNOWN, 2, 3);
    for (String json :
        new String[] {
          model.formatted(first, "", ""),
          model.formatted(flat, ",'build_input_shape':[null,2,3]", ""),
          model.formatted(flat, "", ",'build_config':{'input_shape':[8,2,3]}"),
          model.formatted(layer("InputLayer", "i", "'shape':[2,3]") + "," + flat, "", ""),
        }) {
      assertEquals(expected, read(json).input().batchShape());
    }
    mustFail(model.formatted(flat, "", ""), "'input' (InputLayer)", "no shape");
    String open = layer("InputLayer", "i", "'batch_shape':[null,null,null,3]");
    mustFail(model.formatted(open, "", ""), "'i' (InputLayer)", "is open beside the batch");
  }

  private static String functional(String ends, String... layers) {
    return "{'class_name':'Functional','config':{'name':'m',%s,'layers':[%s]}}"
        .formatted(ends, String.join(",", layers));
  }

  private static String applied(String className, String name, String settings, String nodes) {
    String layer = layer(className, name, settings);
    return layer.substring(0, layer.length() - 1) + ",'inbound_nodes':" + nodes + "}";
  }

  @Test
  void modelsThatConvoyHasNot() {
    String image = applied("InputLayer", "image", "'shape':[8]", "[]");
    String other = applied("InputLayer", "other", "'shape':[8]", "[]");
    String ends = "'input_layers':['image',0,0],'output_layers':['a',0,0]";
    String two = "'input_layers':[['image',0,0],['other',0,0]],'output_layers':[['a',0,0]]";
    String add = applied("Add", "a", "", "[[['image',0,0,{}],['other',0,0,{}]]]");
    mustFail(functional(two, image, other, add), "inputs are [image, other]", "one input");
    String twice = "[[['image',0,0,{}]],[['image',0,0,{}]]]";
    mustFail(
        functional(ends, image, applied("Flatten", "a", "", twice)), "applied 2 times", "'a' (Fl");
    String late = applied("Flatten", "a", "", "[[['b',0,0,{}]]]");
    mustFail(functional(ends, image, late), "'a' (Flatten)", "applied to 'b'", "no layer before");
    String second = applied("Flatten", "a", "", "[[['image',0,1,{}]]]");
    mustFail(functional(ends, image, second), "'image' has more than one output");
    String same = applied("Flatten", "image", "", "[[['image',0,0,{}]]]");
    String loop = "'input_layers':['image',0,0],'output_layers':['image',0,0]";
    mustFail(functional(loop, image, same), "two layers 'image'");
    mustFail("{'class_name':'MyModel','config':{}}", "'MyModel'; Sequential and Functional");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{ | no JSON",
        "{} | not as Keras writes it",
        "{'class_name':'Sequential'} | not as Keras writes it",
        "{'class_name':'Sequential','config':{'layers':3}} | not as Keras writes it",
        "{'class_name':'Sequential','config':{'name':'m','layers':[]}} | must start with input",
        "{'class_name':'Functional','config':{'layers':[]}} | not as Keras writes it",
      })
  void whatIsNoModel(String json, String word) {
    mustFail(json, word);
  }
}

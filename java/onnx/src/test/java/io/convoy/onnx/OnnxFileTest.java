// SPDX-License-Identifier: Apache-2.0
package io.convoy.onnx;

import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.convoy.data.DatasetInfo;
import io.convoy.files.Producer;
import io.convoy.layers.Layer;
import io.convoy.losses.Losses;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.model.TrainedNetwork;
import io.convoy.nn.Nn;
import io.convoy.ops.GlobalNorm;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a file besides the numbers, and what can't be written. */
class OnnxFileTest {
  @TempDir Path folder;

  @Test
  void namesShapesAndProducer() throws Exception {
    Network network = new Sequential("digits", input(9, 7, 2), conv2D(3, 3), flatten(), dense(5));
    Path file = folder.resolve("digits.onnx");
    DatasetInfo info = new DatasetInfo(List.of("cat", "dog"), Optional.empty());
    TrainedNetwork trained = OnnxRuntime.random(network, 1);
    Onnx.write(
        new TrainedNetwork(network, trained.loss(), List.of(), info, trained.weights()), file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      OnnxModelMetadata metadata = session.getMetadata();
      assertEquals(List.of("input"), List.copyOf(session.getInputNames()));
      assertEquals(List.of("dense"), List.copyOf(session.getOutputNames()));
      TensorInfo in = (TensorInfo) session.getInputInfo().get("input").getInfo();
      assertArrayEquals(new long[] {-1, 9, 7, 2}, in.getShape());
      assertArrayEquals(new String[] {"batch", "", "", ""}, in.getDimensionNames());
      TensorInfo out = (TensorInfo) session.getOutputInfo().get("dense").getInfo();
      assertArrayEquals(new long[] {-1, 5}, out.getShape());
      assertEquals("digits", metadata.getGraphName());
      assertEquals("convoy", metadata.getProducerName());
      Map<String, String> properties = metadata.getCustomMetadata();
      assertEquals("convoy", properties.get("producer"));
      assertEquals(Producer.version(), properties.get("convoy.version"));
      assertEquals("digits", properties.get("convoy.network"));
      assertEquals("[\"cat\",\"dog\"]", properties.get("convoy.classes"));
    }
  }

  /** One transposition where images enter, one where rows are needed; biases are in the ops. */
  @Test
  void thereIsNoNeedlessNode() throws IOException {
    Network rows =
        new Sequential("net", input(9, 7, 2), conv2D(3, 3), conv2D(3, 3), flatten(), dense(5));
    assertEquals(2, nodes(rows, "Transpose"));
    assertEquals(0, nodes(rows, "Add"));
    Network pooled =
        new Sequential("net", input(9, 7, 2), conv2D(3, 3), globalAveragePooling2D(), dense(5));
    assertEquals(1, nodes(pooled, "Transpose"));
  }

  /** A node stands behind those whose outputs it reads, so the convolution can't take this bias. */
  @Test
  void aBiasThatIsComputedLater() throws IOException {
    Layer own =
        new Own(
            x -> {
              Tensor bias = Tensor.of(new float[] {1, 2, 3}, 3);
              return Nn.biasAdd(x, Nn.tanh(x.graph().constant("bias", bias)));
            });
    Network network = new Sequential("net", input(9, 7, 2), conv2D(3, 3).useBias(false), own);
    assertEquals(1, nodes(network, "Add"));
  }

  /** A node's type is field 4, a string. */
  private int nodes(Network network, String opType) throws IOException {
    Path file = folder.resolve("net.onnx");
    Onnx.write(OnnxRuntime.random(network, 1), file);
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    String field = "\"" + (char) opType.length() + opType;
    return bytes.split(Pattern.quote(field), -1).length - 1;
  }

  /** The same 100 MB two and twenty times: nothing is copied before the size is known. */
  @Test
  void moreThanAProtocolBufferCanHave() {
    int units = 5000;
    Layer[] layers = new Layer[23];
    layers[0] = input(units);
    for (int i = 1; i < layers.length; i++) {
      layers[i] = dense(units).useBias(false);
    }
    Network network = new Sequential("large", layers);
    Tensor kernel = Tensor.zeros(TensorSpec.f32(units, units));
    Map<String, Tensor> weights = new HashMap<>();
    for (int i = 1; i < layers.length; i++) {
      weights.put(network.entries().get(i).name() + "/kernel", kernel);
    }
    TrainedNetwork trained =
        new TrainedNetwork(network, Losses.MEAN_SQUARED_ERROR, List.of(), weights);
    Path file = folder.resolve("large.onnx");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Onnx.write(trained, file)).getMessage();
    assertTrue(message.contains("network 'large' would take 2200"), message);
    assertTrue(message.contains("safetensors"), message);
    assertFalse(Files.exists(file));
  }

  @Test
  void anOpThatOnnxHasNot() {
    Layer own = new Own(x -> x.graph().add("norm", new GlobalNorm(), x).output(0));
    Network network = new Sequential("net", input(4), own);
    TrainedNetwork trained = OnnxRuntime.random(network, 1);
    Path file = folder.resolve("net.onnx");
    String message =
        assertThrows(IllegalArgumentException.class, () -> Onnx.write(trained, file)).getMessage();
    assertTrue(message.contains("'own/norm' (GlobalNorm) can't be exported"), message);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DatasetInfo;
import io.convoy.files.SafeTensors;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks and their weights without a device. */
class TrainedNetworkTest {
  @TempDir Path folder;

  private final Network network = new Sequential("net", input(2), dense(1));
  private final Tensor kernel = Tensor.of(new float[] {1, 2}, 2, 1);
  private final Tensor bias = Tensor.of(new float[] {3}, 1);

  private final DatasetInfo info = new DatasetInfo(List.of("no", "yes"), Optional.empty());

  private TrainedNetwork of(Map<String, Tensor> weights) {
    return new TrainedNetwork(
        network, Losses.MEAN_SQUARED_ERROR, List.of(Metrics.BINARY_ACCURACY), info, weights);
  }

  @Test
  void comesBackFromItsFile() throws IOException {
    TrainedNetwork trained = of(Map.of("dense/kernel", kernel, "dense/bias", bias));
    assertEquals(3, trained.parameters());
    Path file = folder.resolve("net.safetensors");
    trained.save(file);
    TrainedNetwork loaded = TrainedNetwork.load(file);
    assertEquals("net", loaded.network().name());
    assertEquals(trained.loss().name(), loaded.loss().name());
    assertEquals(info, loaded.info());
    assertEquals("binary_accuracy", loaded.metrics().get(0).name());
    assertArrayEquals(kernel.floats(), loaded.weights().get("dense/kernel").floats());
    assertArrayEquals(bias.floats(), loaded.weights().get("dense/bias").floats());
  }

  @Test
  void weightsOfAnotherNetwork() throws IOException {
    refuses(Map.of("dense/kernel", kernel), "1 tensors are given, the model has 2");
    refuses(Map.of("dense/kernel", kernel, "bias", bias), "wants dense/bias FLOAT32 [1], given is");
    refuses(
        Map.of("dense/kernel", kernel, "dense/bias", kernel),
        "wants dense/bias FLOAT32 [1], given is FLOAT32 [2, 1]");
    Path file = folder.resolve("net.safetensors");
    of(Map.of("dense/kernel", kernel, "dense/bias", bias)).save(file);
    SafeTensors.write(file, Map.of("dense/bias", bias), SafeTensors.read(file).metadata());
    IOException e = assertThrows(IOException.class, () -> TrainedNetwork.load(file));
    assertTrue(e.getMessage().startsWith(file + ": 1 tensors are given"), e.getMessage());
  }

  private void refuses(Map<String, Tensor> weights, String part) {
    String message = assertThrows(IllegalArgumentException.class, () -> of(weights)).getMessage();
    assertTrue(message.contains(part), message);
  }
}

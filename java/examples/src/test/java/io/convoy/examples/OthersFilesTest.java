// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.files.pytorch.StateDict;
import io.convoy.keras.Keras;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OthersFilesTest {
  @Test
  void filesAreWrittenAndRead(@TempDir Path folder) throws IOException {
    Network network = Zoo.byName("resnet18", Shape.of(64, 64, 3), 3);
    Path weights = folder.resolve("resnet18.safetensors");
    Map<String, Tensor> trained;
    try (Model model = compile(network, 1)) {
      trained = model.weights();
      OthersFiles.write(model, folder);
      StateDict.torchvision(network).write(trained, weights);
    }
    assertTrue(Files.size(folder.resolve("model.onnx")) > 40_000_000);
    assertTrue(Files.size(folder.resolve("model.pytorch.safetensors")) > 40_000_000);
    try (Model other = compile(network, 2)) {
      OthersFiles.read(other, weights);
      other
          .weights()
          .forEach((name, w) -> assertArrayEquals(trained.get(name).floats(), w.floats()));
    }
  }

  @Test
  void kerasFilesAreWrittenAndRead(@TempDir Path folder) throws IOException {
    Network network = Zoo.byName("lenet5", Shape.of(28, 28, 1), 10);
    try (Model model = compile(network, 1)) {
      OthersFiles.writeKeras(model, folder);
      Map<String, Tensor> weights = Keras.readWeights(network, folder.resolve("model.weights.h5"));
      TrainedNetwork read = OthersFiles.readKeras(folder.resolve("model.keras"));
      assertEquals(network.summary(), Keras.readNetwork(folder.resolve("model.json")).summary());
      model
          .weights()
          .forEach(
              (name, w) -> {
                assertArrayEquals(w.floats(), weights.get(name).floats());
                assertArrayEquals(w.floats(), read.weights().get(name).floats());
              });
    }
  }

  private static Model compile(Network network, long seed) {
    CompileOptions options = CompileOptions.defaults().device("cpu").seed(seed);
    return network.compile(
        Optimizers.sgd(0.1), Losses.SPARSE_CATEGORICAL_CROSSENTROPY, List.of(), options);
  }
}

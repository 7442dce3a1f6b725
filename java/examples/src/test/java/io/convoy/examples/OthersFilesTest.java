// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.files.pytorch.StateDict;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
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

  private static Model compile(Network network, long seed) {
    CompileOptions options = CompileOptions.defaults().device("cpu").seed(seed);
    return network.compile(
        Optimizers.sgd(0.1), Losses.SPARSE_CATEGORICAL_CROSSENTROPY, List.of(), options);
  }
}

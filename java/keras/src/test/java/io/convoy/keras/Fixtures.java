// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.data.Npy;
import io.convoy.graph.Graph;
import io.convoy.losses.Losses;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.TrainedNetwork;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipFile;

/** What src/test/python/make_fixtures.py wrote, and models to hold against it. */
final class Fixtures {
  private Fixtures() {}

  static Path file(String name) {
    try {
      return Path.of(Fixtures.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static TrainedNetwork read(Path file) throws IOException {
    return Keras.read(file, Losses.MEAN_SQUARED_ERROR);
  }

  /** Unpacks the JSON of a .keras file. */
  static Path json(String name, Path folder) throws IOException {
    Path json = folder.resolve("model.json");
    try (ZipFile zip = new ZipFile(file(name).toFile())) {
      return Files.write(json, zip.getInputStream(zip.getEntry("config.json")).readAllBytes());
    }
  }

  /** Wants the answers that NumPy worked out for the network of a name. */
  static void requireAnswers(String name, TrainedNetwork trained) throws IOException {
    Tensor y = predict(trained, Npy.read(file(name + ".x.npy")));
    assertArrayEquals(Npy.read(file(name + ".y.npy")).floats(), y.floats(), 1e-5f);
  }

  static Tensor predict(TrainedNetwork trained, Tensor x) {
    try (Model model = trained.compile(CompileOptions.defaults().device("cpu"))) {
      return model.predict(x);
    }
  }

  /** A network whose weights are all random, so that a mistake shows, and not too large. */
  static TrainedNetwork random(Network network) {
    Random random = new Random(1);
    Graph graph = new Graph();
    network.inference(graph);
    Map<String, Tensor> weights = new HashMap<>();
    graph.variables().forEach(v -> weights.put(v.name(), random(random, v.shape())));
    return new TrainedNetwork(network, Losses.MEAN_SQUARED_ERROR, List.of(), weights);
  }

  private static Tensor random(Random random, Shape shape) {
    float[] values = new float[(int) shape.elements()];
    boolean vector = shape.rank() == 1; // also a variance, which is above zero
    double scale = vector ? 1 : Math.sqrt(12.0 * shape.dim(-1) / values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (vector ? 0.5 + random.nextFloat() : (random.nextFloat() - 0.5) * scale);
    }
    return Tensor.of(values, shape.dims());
  }

  static void requireEqual(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertArrayEquals(
        expected.keySet().stream().sorted().toArray(), actual.keySet().stream().sorted().toArray());
    expected.forEach((name, w) -> assertArrayEquals(w.floats(), actual.get(name).floats(), name));
  }
}

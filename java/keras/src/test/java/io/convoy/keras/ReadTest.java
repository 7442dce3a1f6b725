// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;
import static io.convoy.losses.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in Keras' layouts answer as NumPy worked out. */
class ReadTest {
  @ParameterizedTest
  @ValueSource(strings = {"functional.keras", "functional.keras2.h5", "functional.keras3.h5"})
  void functionalModels(String name) throws IOException {
    TrainedNetwork trained = Fixtures.read(Fixtures.file(name));
    assertEquals("small", trained.network().name());
    assertEquals("conv_a", trained.network().entries().get(1).name());
    assertEquals(trained.network().entries(), KerasOrder.of(trained.network()));
    assertArrayEquals(new float[] {1, 1}, firstTwo(trained, "bn_b/gamma")); // scale=False
    Fixtures.requireAnswers("functional", trained);
  }

  private static float[] firstTwo(TrainedNetwork trained, String name) {
    return Arrays.copyOf(trained.weights().get(name).floats(), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential.keras", "sequential.keras2.h5"})
  void sequentialModels(String name) throws IOException {
    TrainedNetwork trained = Fixtures.read(Fixtures.file(name));
    assertEquals("row", trained.network().name());
    Fixtures.requireAnswers("sequential", trained);
  }

  @ParameterizedTest
  @ValueSource(strings = {"functional.weights.h5", "functional.weights-only.h5"})
  void weightsBesideTheirArchitecture(String name, @TempDir Path folder) throws IOException {
    Path json = Fixtures.json("functional.keras", folder);
    TrainedNetwork trained = Keras.read(json, Fixtures.file(name), SPARSE_CATEGORICAL_CROSSENTROPY);
    Fixtures.requireAnswers("functional", trained);
  }

  /** By order: the names are others. */
  @ParameterizedTest
  @ValueSource(
      strings = {"sequential.keras", "sequential.keras2.h5", "sequential.tensorflow.weights.h5"})
  void weightsOfAKnownNetwork(String name) throws IOException {
    Network network = workshop(3, true);
    Fixtures.requireAnswers(
        "sequential",
        new TrainedNetwork(
            network,
            SPARSE_CATEGORICAL_CROSSENTROPY,
            List.of(),
            Keras.readWeights(network, Fixtures.file(name))));
  }

  @Test
  void weightsOfAnotherNetwork() {
    String keras3 = "sequential.keras";
    String keras2 = "sequential.keras2.h5";
    Network wider = workshop(4, true);
    mustFail(wider, keras3, "'conv2d/kernel' wants [3, 3, 1, 4]", "[3, 3, 1, 3]", "layers/conv2d");
    mustFail(wider, keras2, "'conv2d/kernel' wants [3, 3, 1, 4]", "[3, 3, 1, 3]", "kernel:0");
    Network unbiased = workshop(3, false);
    mustFail(
        unbiased, keras3, "network 'row'", "[kernel [3, 3, 1, 3]] in layer 'conv2d'", "2 weights");
    mustFail(
        unbiased, keras2, "network 'row'", "[kernel [3, 3, 1, 3]] in layer 'conv2d'", "2 weights");
    Network shorter = new Sequential("row", input(8, 8, 1), conv2D(3, 3), flatten(), dense(3));
    mustFail(shorter, keras3, "has no layer for 'conv2d_1'");
    mustFail(shorter, keras2, "2 layers with weights, [conv2d, dense], the file 4, [conv2d, conv");
    mustFail(shorter, "functional.weights.h5", "has no layer for 'batch_normalization'");
  }

  private static Network workshop(int filters, boolean bias) {
    return new Sequential(
        "row",
        input(8, 8, 1),
        conv2D(filters, 3).useBias(bias).activation(RELU),
        maxPooling2D(2),
        conv2D(4, 2).activation(RELU),
        flatten(),
        dense(5).activation(RELU),
        dense(3).activation(SOFTMAX));
  }

  private static void mustFail(Network network, String name, String... words) {
    Path file = Fixtures.file(name);
    String message =
        assertThrows(IOException.class, () -> Keras.readWeights(network, file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}

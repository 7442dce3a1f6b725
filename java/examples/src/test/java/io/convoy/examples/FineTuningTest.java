// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.Checkpoint;
import io.convoy.model.CompileOptions;
import io.convoy.model.FitOptions;
import io.convoy.model.LoadedWeights;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Position;
import io.convoy.model.Sequential;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FineTuningTest {
  private static final String VARIANCE = "batch_normalization/moving_variance";
  private static final float[] STATISTICS = {0.5f, 2, 1, 3};

  @TempDir Path folder;

  private static Network network(int classes) {
    return new Sequential(
        "tuned",
        input(6, 5, 3),
        conv2D(4, 3).kernelRegularizer(0.1),
        batchNormalization(),
        conv2D(5, 2).activation(RELU),
        globalAveragePooling2D(),
        dense(classes).activation(SOFTMAX));
  }

  private static Model compile(Network network, String device) {
    return network.compile(
        Optimizers.momentum(0.1, 0.9, false),
        Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
        List.of(Metrics.ACCURACY),
        CompileOptions.defaults().device(device).seed(3));
  }

  private static Set<String> changedBy(Network network, String device) {
    try (Model model = compile(network, device)) {
      Map<String, Tensor> before = model.weights();
      model.fit(SmallFit.DATA, FitOptions.epochs(1).batchSize(10));
      Set<String> changed = new TreeSet<>();
      model
          .weights()
          .forEach(
              (name, after) -> {
                if (!Arrays.equals(before.get(name).floats(), after.floats())) {
                  changed.add(name);
                }
              });
      return changed;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void frozenLayersStayAsTheyAre(String device) {
    Network frozen = network(3).trainable(false, "conv2d", "batch_normalization");
    assertEquals(Set.of("dense/bias", "dense/kernel"), changedBy(frozen, device));
    Set<String> all = changedBy(frozen.trainable(true, ""), device);
    assertEquals(10, all.size(), all.toString());
  }

  /** Statistics that training neither uses nor moves: what Keras does with a frozen layer. */
  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu"})
  void frozenBatchNormalisationIsThatOfInference(String device) {
    Network frozen = network(3).trainable(false, "batch_normalization");
    FitOptions oneStep = FitOptions.epochs(1).batchSize(40);
    try (Model model = compile(frozen, device)) {
      setStatistics(model);
      double before = model.evaluate(SmallFit.DATA, 40).loss();
      double training = model.fit(SmallFit.DATA, oneStep).epochs().get(0).training().loss();
      assertEquals(before, training, 1e-6);
      assertArrayEquals(STATISTICS, model.weights().get(VARIANCE).floats());
    }
  }

  /** Gradients flow through the frozen layer into the one before. */
  @Test
  void theCpuFollowsTheReferenceThroughFrozenLayers() {
    Network frozen = network(3).trainable(false, "batch_normalization");
    FitOptions options = FitOptions.epochs(2).batchSize(15);
    try (Model reference = compile(frozen, "reference");
        Model cpu = compile(frozen, "cpu")) {
      for (Model model : List.of(reference, cpu)) {
        setStatistics(model);
        model.fit(SmallFit.DATA, options);
      }
      Map<String, Tensor> actual = cpu.weights();
      reference
          .weights()
          .forEach(
              (name, w) -> assertArrayEquals(w.floats(), actual.get(name).floats(), 1e-5f, name));
    }
  }

  private static void setStatistics(Model model) {
    Map<String, Tensor> weights = model.weights();
    weights.put(VARIANCE, Tensor.of(STATISTICS, 4));
    model.setWeights(weights);
  }

  @Test
  void frozenLayersAreSavedAsSuch() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (Model model = compile(network(3).trainable(false, "conv2d_1"), "cpu")) {
      model.save(file);
    }
    String summary = Network.load(file).summary();
    assertTrue(summary.contains("(138 trainable)"), summary);
    Network thawed = Network.load(file).trainable(true, "conv2d_1");
    assertEquals(network(3).summary(), thawed.summary());
    assertEquals(
        conv2D(1, 1).trainable(false).trainable(true).className(), conv2D(1, 1).className());
  }

  @Test
  void aTrunkIsLoadedAndAHeadIsNot() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Map<String, Tensor> learnt;
    try (Model model = compile(network(3), "cpu")) {
      model.fit(SmallFit.DATA, FitOptions.epochs(1).batchSize(10));
      learnt = model.weights();
      Checkpoint.save(model, Position.start(), file);
    }
    try (Model model = compile(network(7), "cpu")) {
      Tensor head = model.weights().get("dense/kernel");
      LoadedWeights report = model.loadWeights(file);
      assertEquals(List.of("conv2d", "batch_normalization", "conv2d_1"), report.loaded());
      assertEquals(List.of("dense"), report.otherShapes());
      assertEquals(
          "3 layers loaded; left as they were, with other shapes in the file: dense",
          report.summary());
      for (String name : List.of("conv2d/kernel", VARIANCE, "conv2d_1/bias")) {
        assertArrayEquals(learnt.get(name).floats(), model.weights().get(name).floats(), name);
      }
      assertArrayEquals(head.floats(), model.weights().get("dense/kernel").floats());
    }
  }

  @Test
  void aFileThatFitsNowhereIsRefused() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (Model model = compile(network(3), "cpu")) {
      model.save(file);
    }
    Network other =
        new Sequential(
            "other", input(6, 5, 3), globalAveragePooling2D(), dense(9).activation(SOFTMAX));
    try (Model model = compile(other, "cpu")) {
      String message = assertThrows(IOException.class, () -> model.loadWeights(file)).getMessage();
      assertTrue(message.contains("no weights for network 'other': 0 layers loaded"), message);
      assertTrue(message.contains("unused of the file: batch_normalization, conv2d"), message);
    }
  }

  @Test
  void badPrefixesAreRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> network(3).trainable(false, "head"))
            .getMessage();
    assertTrue(message.contains("begins with 'head'; there are input, conv2d"), message);
    Network all = network(3).trainable(false, "");
    message =
        assertThrows(IllegalArgumentException.class, () -> compile(all, "cpu").close())
            .getMessage();
    assertTrue(message.contains("nothing to train"), message);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.RELU;
import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.Layers.add;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.dropout;
import static io.convoy.layers.Layers.globalAveragePooling2D;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.maxPooling2D;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.callbacks.Callback;
import io.convoy.callbacks.CheckpointWriter;
import io.convoy.callbacks.Fit;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.layers.LayerOutput;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.Checkpoint;
import io.convoy.model.CompileOptions;
import io.convoy.model.EpochResult;
import io.convoy.model.Evaluation;
import io.convoy.model.FitOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.NonFiniteLossException;
import io.convoy.model.Sequential;
import io.convoy.ops.Padding;
import io.convoy.optimizers.Optimizer;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small whole runs: a residual network with every kind of state, on the CPU, beside the reference.
 */
class WholeRunTest {
  private static Dataset data;

  @TempDir Path folder;

  @BeforeAll
  static void load() throws IOException {
    data = Mnist.load().train().range(0, 330);
  }

  /** Batch norm, dropout, a branch, and a batch that does not divide the data. */
  private static Network residual() {
    LayerOutput in = input(28, 28, 1).apply();
    LayerOutput stem = maxPooling2D(4).apply(conv2D(4, 3).activation(RELU).apply(in));
    LayerOutput branch = batchNormalization().apply(conv2D(4, 3).padding(Padding.SAME).apply(stem));
    LayerOutput joined = dropout(0.1).apply(add().apply(stem, branch));
    LayerOutput pooled = globalAveragePooling2D().apply(joined);
    return new Network("residual", in, dense(10).activation(SOFTMAX).apply(pooled));
  }

  private static Model compile(Network network, String device, Optimizer optimizer) {
    return network.compile(
        optimizer,
        Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
        List.of(Metrics.ACCURACY),
        CompileOptions.defaults().device(device).seed(7));
  }

  private static FitOptions twoEpochs() {
    return FitOptions.epochs(2).batchSize(64).validationSplit(0.1);
  }

  /** Not on the reference: its variables are double, files are float. */
  @Test
  void savedModelAnswersTheSameBitForBit() throws IOException {
    Path file = folder.resolve("m.safetensors");
    Tensor images = images(50);
    float[] before;
    Evaluation test;
    try (Model model = compile(residual(), "cpu", Optimizers.adam(1e-2))) {
      model.fit(data, twoEpochs());
      model.save(file);
      before = model.predict(images).floats();
      test = model.evaluate(data, 64);
    }
    try (Model loaded = Model.load(file, CompileOptions.defaults().device("cpu"))) {
      assertArrayEquals(before, loaded.predict(images).floats());
      assertEquals(test, loaded.evaluate(data, 64));
    }
  }

  @Test
  void resumedFitEndsBitEqual() throws IOException {
    Path file = folder.resolve("c.safetensors");
    Map<String, Tensor> undisturbed;
    List<EpochResult> history;
    try (Model model = compile(residual(), "cpu", Optimizers.adam(1e-2))) {
      history = model.fit(data, twoEpochs()).epochs();
      undisturbed = model.state();
    }
    Callback killer =
        new Callback() {
          @Override
          public void onBatchEnd(Fit fit) {
            if (fit.epoch() == 2 && fit.step() == 2) {
              throw new IllegalStateException("killed");
            }
          }
        };
    try (Model model = compile(residual(), "cpu", Optimizers.adam(1e-2))) {
      CheckpointWriter everyStep = new CheckpointWriter(file, 0);
      assertThrows(
          IllegalStateException.class,
          () -> model.fit(data, twoEpochs().callbacks(everyStep, killer)));
    }
    try (Model model = compile(residual(), "cpu", Optimizers.adam(1e-2))) {
      Checkpoint checkpoint = Checkpoint.load(file);
      assertEquals(1, checkpoint.position().epoch());
      assertEquals(2, checkpoint.position().step());
      checkpoint.restore(model);
      List<EpochResult> resumed = model.fit(data, twoEpochs().from(checkpoint.position())).epochs();
      assertEquals(history.get(1).training(), resumed.get(1).training());
      assertEquals(history.get(1).validation(), resumed.get(1).validation());
      model.state().forEach((name, value) -> assertSameBits(name, undisturbed.get(name), value));
    }
  }

  private static void assertSameBits(String name, Tensor expected, Tensor actual) {
    assertEquals(expected.bytes(), actual.bytes(), name);
  }

  @Test
  void cpuFollowsTheReference() {
    Map<String, Tensor> expected;
    double loss;
    try (Model model = compile(residual(), "reference", Optimizers.sgd(0.1))) {
      loss = model.fit(data, twoEpochs()).epochs().get(1).training().loss();
      expected = model.weights();
    }
    try (Model model = compile(residual(), "cpu", Optimizers.sgd(0.1))) {
      // float against double over 10 steps: rounding of 2^-24 a sum, grown by the steps.
      double actual = model.fit(data, twoEpochs()).epochs().get(1).training().loss();
      assertEquals(loss, actual, 1e-4 * loss);
      model
          .weights()
          .forEach((name, w) -> assertArrayEquals(expected.get(name).floats(), w.floats(), 1e-4f));
    }
  }

  @Test
  void nanLossStopsAndKeepsTheLastGoodCheckpoint() throws IOException {
    Path file = folder.resolve("c.safetensors");
    try (Model model = compile(residual(), "cpu", Optimizers.sgd(0.1))) {
      Checkpoint.save(model, io.convoy.model.Position.start(), file);
      byte[] good = Files.readAllBytes(file);
      model.setWeights(poisoned(model.weights()));
      CheckpointWriter writer = new CheckpointWriter(file, 0);
      NonFiniteLossException e =
          assertThrows(
              NonFiniteLossException.class, () -> model.fit(data, twoEpochs().callbacks(writer)));
      assertTrue(e.getMessage().contains("lower learning rate"), e.getMessage());
      assertArrayEquals(good, Files.readAllBytes(file));
    }
  }

  private static Map<String, Tensor> poisoned(Map<String, Tensor> weights) {
    weights.get("dense/kernel").floatBuffer().put(0, Float.NaN);
    return weights;
  }

  @Test
  void errorsNameLayersAndShapes() {
    Network flatMissing = new Sequential("n", input(28, 28, 1), dense(10).activation(SOFTMAX));
    assertMessage("'dense' (Dense) wants [batch, features]", () -> use(flatMissing));
    Network tooLarge = new Sequential("n", input(2, 2, 1), conv2D(4, 3), globalAveragePooling2D());
    assertMessage("conv2d/Conv2D", () -> use(tooLarge));
    assertMessage("does not fit 2", () -> use(tooLarge));
    Network noSoftmax = new Sequential("n", input(2, 2, 1), globalAveragePooling2D());
    assertMessage("ends in softmax", () -> use(noSoftmax));
  }

  @Test
  void dataMustFitTheNetwork() {
    Network small =
        new Sequential(
            "n", input(8, 8, 1), globalAveragePooling2D(), dense(10).activation(SOFTMAX));
    try (Model model = compile(small, "reference", Optimizers.sgd(0.1))) {
      assertMessage("[28, 28, 1]", () -> model.fit(data, FitOptions.epochs(1)));
    }
    try (Model model = compile(residual(), "reference", Optimizers.sgd(0.1))) {
      assertMessage(
          "larger than the training set of 330",
          () -> model.fit(data, FitOptions.epochs(1).batchSize(331)));
    }
    Network three =
        new Sequential(
            "n", input(28, 28, 1), globalAveragePooling2D(), dense(3).activation(SOFTMAX));
    try (Model model = compile(three, "reference", Optimizers.sgd(0.1))) {
      assertMessage("10 classes", () -> model.evaluate(data, 64));
    }
  }

  private static void use(Network network) {
    compile(network, "reference", Optimizers.sgd(0.1)).close();
  }

  private static void assertMessage(String part, Runnable action) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static Tensor images(int count) {
    Tensor images = Tensor.zeros(io.convoy.tensor.TensorSpec.f32(count, 28, 28, 1));
    int[] order = java.util.stream.IntStream.range(0, count).toArray();
    data.copy(order, 0, count, images.floatBuffer(), java.nio.IntBuffer.allocate(count));
    return images;
  }
}

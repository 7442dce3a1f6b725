// SPDX-License-Identifier: Apache-2.0
package io.convoy.examples;

import static io.convoy.layers.ActivationFunction.SOFTMAX;
import static io.convoy.layers.FlipMode.HORIZONTAL_AND_VERTICAL;
import static io.convoy.layers.Layers.batchNormalization;
import static io.convoy.layers.Layers.conv2D;
import static io.convoy.layers.Layers.dense;
import static io.convoy.layers.Layers.flatten;
import static io.convoy.layers.Layers.input;
import static io.convoy.layers.Layers.mixUp;
import static io.convoy.layers.Layers.randomBrightness;
import static io.convoy.layers.Layers.randomContrast;
import static io.convoy.layers.Layers.randomCrop;
import static io.convoy.layers.Layers.randomErasing;
import static io.convoy.layers.Layers.randomFlip;
import static io.convoy.layers.Layers.randomRotation;
import static io.convoy.layers.Layers.randomTranslation;
import static io.convoy.layers.Layers.randomZoom;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.backend.Devices;
import io.convoy.data.DataSplits;
import io.convoy.data.Mnist;
import io.convoy.graph.Graph;
import io.convoy.graph.Value;
import io.convoy.layers.Augmenting;
import io.convoy.losses.Loss;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.nn.Mixing;
import io.convoy.ops.AugmentImages;
import io.convoy.optimizers.Optimizers;
import io.convoy.session.Session;
import io.convoy.session.Step;
import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What augmentation does in a model: to training, and not to anything else. */
class AugmentationTest {
  private static final int SIDE = 6;
  private static final int BATCH = 5;
  private static final int SEED = 3;

  private static final Augmenting[] ALL = {
    randomFlip(HORIZONTAL_AND_VERTICAL),
    randomCrop(1),
    randomTranslation(0.1),
    randomRotation(0.1),
    randomZoom(0.2),
    randomContrast(0.3),
    randomBrightness(0.2),
    randomErasing(2),
    mixUp(0.4)
  };

  private static Network plain() {
    return new Sequential("small", input(SIDE, SIDE, 2), flatten(), dense(3).activation(SOFTMAX));
  }

  private static Model compile(Network network, Loss loss, String device) {
    return network.compile(
        Optimizers.sgd(0.1),
        loss,
        List.of(Metrics.ACCURACY),
        CompileOptions.defaults().device(device).seed(SEED));
  }

  private static Model compile(Network network, String device) {
    return compile(network, Losses.SPARSE_CATEGORICAL_CROSSENTROPY, device);
  }

  private static float[] images() {
    float[] pixels = new float[BATCH * SIDE * SIDE * 2];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i * 37 % 101) / 101f;
    }
    return pixels;
  }

  private static int label(int n) {
    return n % 3;
  }

  /** Takes steps on the same batch. */
  private static float[] kernelAfter(int steps, Model model) {
    Step step = model.trainingStep(BATCH);
    step.input(model.features()).asFloatBuffer().put(0, images());
    for (int n = 0; n < BATCH; n++) {
      step.input(model.labels()).putInt(n * Integer.BYTES, label(n));
    }
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return model.weights().get("dense/kernel").floats();
  }

  @Test
  void sameSeedSameImagesOnEveryBackend() {
    try (Model cpu = compile(plain().augment(ALL), "cpu");
        Model reference = compile(plain().augment(ALL), "reference");
        Model without = compile(plain(), "cpu")) {
      float[] kernel = kernelAfter(20, cpu);
      assertArrayEquals(kernelAfter(20, reference), kernel, 1e-5f);
      float[] other = kernelAfter(20, without);
      assertFalse(Arrays.equals(other, kernel));
    }
  }

  @Test
  void aChainOfLayersIsOneOpAndInferenceHasNone() {
    try (Model model = compile(plain().augment(ALL), "cpu")) {
      assertEquals(1, augmentations(model.trainingStep(BATCH)));
      Step inference = model.inferenceStep(BATCH);
      assertEquals(0, augmentations(inference));
      try (Model without = compile(plain(), "cpu")) {
        assertEquals(
            without.inferenceStep(BATCH).program().instructions().size(),
            inference.program().instructions().size());
      }
    }
  }

  private static long augmentations(Step step) {
    return step.program().instructions().stream()
        .filter(i -> i.op() instanceof AugmentImages)
        .count();
  }

  @Test
  void aSavedModelPredictsAsOneWithoutAugmentation(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Tensor batch = Tensor.of(images(), BATCH, SIDE, SIDE, 2);
    try (Model model = compile(plain().augment(ALL), "cpu");
        Model without = compile(plain(), "cpu")) {
      kernelAfter(3, model);
      without.setWeights(model.weights());
      model.save(file);
      try (Model loaded = Model.load(file, CompileOptions.defaults().device("cpu"))) {
        assertEquals(model.network().summary(), loaded.network().summary());
        float[] expected = without.predict(batch).floats();
        assertArrayEquals(expected, model.predict(batch).floats());
        assertArrayEquals(expected, loaded.predict(batch).floats());
      }
    }
  }

  /** One step is that of the mixed images with mixed labels, as the paper has it. */
  @Test
  void mixUpTrainsOnMixedImagesWithMixedLabels() {
    float share = share();
    assertTrue(share > 0.01 && share < 0.99, "a share that shows: " + share);
    try (Model mixing = compile(plain().augment(mixUp(1)), "cpu");
        Model byHand = compile(plain(), Losses.CATEGORICAL_CROSSENTROPY, "cpu")) {
      Step step = byHand.trainingStep(BATCH);
      FloatBuffer images = step.input(byHand.features()).asFloatBuffer();
      FloatBuffer labels = step.input(byHand.labels()).asFloatBuffer();
      float[] pixels = images();
      int row = pixels.length / BATCH;
      for (int n = 0; n < BATCH; n++) {
        int other = BATCH - 1 - n;
        for (int i = 0; i < row; i++) {
          float mixed = share * pixels[n * row + i] + (1 - share) * pixels[other * row + i];
          images.put(n * row + i, mixed);
        }
        for (int c = 0; c < 3; c++) {
          labels.put(n * 3 + c, (label(n) == c ? share : 0) + (label(other) == c ? 1 - share : 0));
        }
      }
      step.run();
      float[] expected = byHand.weights().get("dense/kernel").floats();
      assertArrayEquals(expected, kernelAfter(1, mixing), 1e-6f);
    }
  }

  /** The share of the first step. */
  private static float share() {
    Graph graph = new Graph(SEED);
    Value share = Mixing.randomBeta(graph, 1);
    try (Session session = new Session(graph, Devices.open("reference").backend())) {
      return session.run(List.of(share)).get(0).item();
    }
  }

  @Test
  void whatIsLearnedMayNotStandBeforeAugmentation() {
    Network late =
        new Sequential(
            "late",
            input(SIDE, SIDE, 2),
            conv2D(2, 3),
            randomRotation(0.1),
            flatten(),
            dense(3).activation(SOFTMAX));
    Exception e = assertThrows(IllegalArgumentException.class, () -> compile(late, "cpu"));
    assertTrue(e.getMessage().contains("'random_rotation/AugmentImages'"), e.getMessage());
    assertTrue(e.getMessage().contains("Put it before all that is learned"), e.getMessage());
  }

  @Test
  void labelsAreMixedOnce() {
    Network twice = plain().augment(mixUp(0.2), mixUp(0.2));
    Exception e = assertThrows(IllegalArgumentException.class, () -> compile(twice, "cpu"));
    assertTrue(e.getMessage().contains("'mix_up_1': labels are mixed already"), e.getMessage());
  }

  @Test
  void limitsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> randomZoom(1));
    assertThrows(IllegalArgumentException.class, () -> randomRotation(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> randomCrop(-1));
    assertThrows(IllegalArgumentException.class, () -> mixUp(-0.2));
    Network rows = new Sequential("rows", input(7), randomErasing(2), dense(3));
    Exception e = assertThrows(IllegalArgumentException.class, () -> compile(rows, "cpu"));
    assertTrue(e.getMessage().contains("wants an image"), e.getMessage());
  }

  @Test
  void augmentingReplacesWhatWasThereAndKeepsNames() {
    Network before =
        new Sequential(
            "before",
            input(SIDE, SIDE, 2),
            batchNormalization(),
            randomZoom(0.1),
            flatten(),
            dense(3).activation(SOFTMAX));
    List<String> names =
        before.augment(randomCrop(2), mixUp(1)).entries().stream()
            .map(Network.Entry::name)
            .toList();
    assertEquals(
        List.of("input", "random_crop", "mix_up", "batch_normalization", "flatten", "dense"),
        names);
  }

  @Test
  void theExampleLearnsDigits() throws IOException {
    DataSplits mnist = Mnist.load();
    double accuracy =
        AugmentedFit.train(mnist.train().range(0, 6000), mnist.test().range(0, 1000), 2).accuracy();
    assertTrue(accuracy > 0.7, "accuracy " + accuracy);
    List<String> head =
        AugmentedFit.photographs().entries().subList(1, 5).stream()
            .map(Network.Entry::name)
            .toList();
    assertEquals(
        List.of("random_flip", "random_crop", "random_brightness", "random_erasing"), head);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.files.SafeTensors;
import io.convoy.keras.Keras;
import io.convoy.layers.Layers;
import io.convoy.losses.Losses;
import io.convoy.metrics.Metrics;
import io.convoy.model.CompileOptions;
import io.convoy.model.Model;
import io.convoy.model.Network;
import io.convoy.model.Sequential;
import io.convoy.model.TrainedNetwork;
import io.convoy.optimizers.Optimizers;
import io.convoy.tensor.Shape;
import io.convoy.zoo.Zoo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code convoy export} and {@code convoy import}. */
class ExportTest {
  @TempDir Path temp;

  private Path saved;

  @BeforeEach
  void save() throws IOException {
    saved = save("lenet5", Shape.of(28, 28, 1));
  }

  private Path save(String name, Shape instance) throws IOException {
    Path file = temp.resolve(name + ".safetensors");
    try (Model model =
        Zoo.byName(name, instance, 10)
            .compile(
                Optimizers.sgd(0.1),
                Losses.SPARSE_CATEGORICAL_CROSSENTROPY,
                List.of(Metrics.ACCURACY),
                CompileOptions.defaults().device("cpu"))) {
      model.save(file);
    }
    return file;
  }

  @Test
  void onnxByTheFilesName() throws IOException {
    Path file = temp.resolve("model.onnx");
    String out = Cli.run("export", saved, file).mustSucceed().out();
    assertTrue(out.startsWith(file + ": onnx, 24"), out); // 61,706 weights of 4 bytes
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(bytes.contains("lenet5") && bytes.contains("conv2d/kernel"));
  }

  @Test
  void weightsGoToPyTorchAndBack() throws IOException {
    Path there = temp.resolve("model.pytorch.safetensors");
    Cli.run("export", saved, there).mustSucceed();
    Set<String> names = SafeTensors.read(there).tensors().keySet();
    assertTrue(names.contains("conv2d_1.weight"), names.toString());
    Path back = temp.resolve("back.safetensors");
    String out = Cli.run("import", there, back, "--model", "lenet5").mustSucceed().out();
    assertEquals(back + ": lenet5, 61,706 parameters", out.strip());
    mustBeEqual(saved, back);
    Path again = temp.resolve("again.safetensors");
    Cli.run("import", there, again, "--from", "pytorch", "--model", saved).mustSucceed();
    mustBeEqual(saved, again);
  }

  private static void mustBeEqual(Path a, Path b) throws IOException {
    TrainedNetwork first = TrainedNetwork.load(a);
    TrainedNetwork second = TrainedNetwork.load(b);
    assertEquals(first.weights().keySet(), second.weights().keySet());
    first
        .weights()
        .forEach(
            (name, w) -> assertArrayEquals(w.floats(), second.weights().get(name).floats(), name));
  }

  @Test
  void torchvisionsNamesAreAskedFor() throws IOException {
    Path resnet = save("resnet18", Shape.of(64, 64, 3));
    Path there = temp.resolve("weights");
    Cli.run("export", resnet, there, "--to", "torchvision").mustSucceed();
    assertTrue(SafeTensors.read(there).tensors().containsKey("layer4.1.bn2.running_var"));
    Path back = temp.resolve("back.safetensors");
    Object[] words = {"import", there, back, "--from", "torchvision", "--model", "resnet18"};
    Cli.run(words).mustFail(1, "begins with a 7x7 convolution", "at least 64 pixels");
    Object[] shaped = Arrays.copyOf(words, words.length + 2);
    shaped[words.length] = "--input-shape";
    shaped[words.length + 1] = "64,64,3";
    Cli.run(shaped).mustSucceed();
    mustBeEqual(resnet, back);
    Cli.run("export", saved, there, "--to", "torchvision")
        .mustFail(1, "torchvision has no network 'lenet5'", "Use names by layer");
  }

  @Test
  void modelsGoToKerasAndBack() throws IOException {
    for (String name : new String[] {"m.keras", "m.h5"}) {
      Path there = temp.resolve(name);
      Cli.run("export", saved, there).mustSucceed();
      Path back = temp.resolve("back.safetensors");
      String out = Cli.run("import", there, back).mustSucceed().out();
      assertEquals(back + ": lenet5, 61,706 parameters", out.strip());
      mustBeEqual(saved, back);
      assertEquals(
          TrainedNetwork.load(saved).loss().name(), TrainedNetwork.load(back).loss().name());
    }
  }

  @Test
  void weightsGoToKerasAndBack() throws IOException {
    Path there = temp.resolve("m.weights.h5");
    String out = Cli.run("export", saved, there).mustSucceed().out();
    assertTrue(out.startsWith(there + ": keras-weights, "), out);
    Path back = temp.resolve("back.safetensors");
    Cli.run("import", there, back, "--model", "lenet5").mustSucceed();
    mustBeEqual(saved, back);
    Cli.run("import", there, back).mustFail(2, "weights alone", "--model");
    Cli.run("import", there, back, "--from", "keras-h5").mustFail(1, "--from keras-weights");
    Cli.run("import", there, back, "--model", "mlp").mustFail(1, "is not of network 'mlp'");
    Path json = temp.resolve("m.json");
    Cli.run("export", saved, json).mustSucceed();
    assertTrue(Files.readString(json).contains("\"class_name\":\"Sequential\""));
  }

  /** Without softmax at its end it is trained from logits on. */
  @Test
  void aKerasModelOfLogits() throws IOException {
    Network network = new Sequential("logits", Layers.input(2), Layers.dense(3));
    Path there = temp.resolve("m.keras");
    try (Model model =
        network.compile(Optimizers.sgd(0.1), Losses.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS)) {
      Keras.write(TrainedNetwork.of(model), there);
    }
    Path back = temp.resolve("back.safetensors");
    Cli.run("import", there, back).mustSucceed();
    assertEquals(
        Losses.SPARSE_CATEGORICAL_CROSSENTROPY_FROM_LOGITS.name(),
        TrainedNetwork.load(back).loss().name());
  }

  /** Of 44 MB of weights, in a process that has room for 30. */
  @Test
  void memoryThatDoesNotSuffice() throws Exception {
    Path resnet = save("resnet18", Shape.of(64, 64, 3));
    List<String> little = List.of("env", "JDK_JAVA_OPTIONS=-Xmx30m");
    try (Child child = new Child(little, "export", resnet, temp.resolve("model.onnx"))) {
      assertEquals(1, child.end());
      assertTrue(child.text().contains("convoy: memory does not suffice"), child.text());
      assertTrue(child.text().contains("larger -Xmx"), child.text());
    }
  }

  @Test
  void badInput() throws IOException {
    Path file = temp.resolve("model.bin");
    Cli.run("export", saved, file).mustFail(2, "tells no format: onnx (*.onnx), pytorch", "--to");
    Cli.run("export", saved, file, "--to", "caffe").mustFail(2, "'caffe' is unknown", "onnx");
    Cli.run("export", file, temp.resolve("m.onnx")).mustFail(1, "there is no file", "Check");
    Cli.run("export", saved, temp.resolve("no/m.onnx")).mustFail(1, "there is no folder", "Make");
    Cli.run("import", file, saved, "--from", "onnx").mustFail(2, "onnx can be written, not read");
    Cli.run("import", file, saved, "--from", "pytorch").mustFail(2, "weights alone", "--model");
    Cli.run("import", saved, file, "--from", "pytorch", "--model", "lenet5")
        .mustFail(1, "is not of network 'lenet5': it wants 'conv2d.weight'", "conv2d/bias");
  }
}

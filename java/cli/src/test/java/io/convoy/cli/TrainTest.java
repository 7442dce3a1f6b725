// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.convoy.files.Producer;
import io.convoy.files.SafeTensors;
import io.convoy.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run prints and keeps, and what can be done with it. */
class TrainTest {
  @TempDir Path temp;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = IdxFiles.write(temp.resolve("data"), 200, 12);
    out = temp.resolve("deep/run");
  }

  private Cli.Result train(Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", data, "--out", out, "--model", "lenet5"));
    if (!List.of(more).contains("--batch-size")) {
      words.addAll(List.of("--batch-size", 16));
    }
    words.addAll(List.of(more));
    return Cli.run(words.toArray()).mustSucceed();
  }

  private JsonObject json(String file) throws IOException {
    return JsonParser.parseString(Files.readString(out.resolve(file))).getAsJsonObject();
  }

  /** No mistakes.png: the classes are easy to tell. */
  @Test
  void theRunFolderHoldsReportModelsAndCheckpoint() throws IOException {
    train("--epochs", 2);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of(
              "activations.png",
              "best.safetensors",
              "checkpoint.safetensors",
              "confusion.svg",
              "curves.svg",
              "filters.png",
              "last.safetensors",
              "network.svg",
              "report.html",
              "report.json",
              "run.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  /** With a constant rate MNIST's test accuracy is 0.9898 for seed 3, along a cosine 0.9929. */
  @Test
  void theRateFallsAlongACosineUnlessAnotherIsAskedFor() throws IOException {
    train("--epochs", 1);
    assertTrue(json("run.json").getAsJsonArray("arguments").toString().contains("cosine"));
  }

  @Test
  void theReportSaysWhatWasRunAndWhatCameOut() throws IOException {
    train("--epochs", 2, "--seed", 7, "--device", "cpu");
    JsonObject report = json("report.json");
    assertEquals(Producer.version(), report.get("version").getAsString());
    assertEquals("cpu", report.get("device").getAsString());
    assertTrue(report.get("device_description").getAsString().contains("oneDNN"));
    assertEquals("cpu", report.get("backend").getAsString());
    assertEquals("asked for by name", report.get("backend_reason").getAsString());
    assertEquals("fp32", report.get("precision").getAsString());
    assertEquals(7, report.get("seed").getAsLong());
    assertEquals("lenet5", report.get("model").getAsString());
    assertEquals(15_116, report.get("parameters").getAsLong());
    JsonObject dataset = report.getAsJsonObject("dataset");
    assertEquals(data.toString(), dataset.get("name").getAsString());
    assertEquals(180, dataset.get("train").getAsInt());
    assertEquals(20, dataset.get("validation").getAsInt());
    assertEquals(40, dataset.get("test").getAsInt());
    assertEquals("completed", report.get("ended").getAsString());
    JsonArray epochs = report.getAsJsonArray("epochs");
    assertEquals(2, epochs.size());
    for (int i = 0; i < 2; i++) {
      JsonObject epoch = epochs.get(i).getAsJsonObject();
      assertEquals(
          Set.of(
              "epoch",
              "loss",
              "accuracy",
              "val_loss",
              "val_accuracy",
              "seconds",
              "images_per_second"),
          epoch.keySet());
      assertEquals(i + 1, epoch.get("epoch").getAsInt());
    }
    JsonObject test = report.getAsJsonObject("test");
    assertEquals(Set.of("model", "loss", "accuracy"), test.keySet());
    assertEquals("last", test.get("model").getAsString());
  }

  @Test
  void withoutValidationTheReportHasNone() throws IOException {
    train("--epochs", 1, "--validation-split", 0);
    JsonObject report = json("report.json");
    assertEquals(200, report.getAsJsonObject("dataset").get("train").getAsInt());
    assertEquals(0, report.getAsJsonObject("dataset").get("validation").getAsInt());
    JsonObject epoch = report.getAsJsonArray("epochs").get(0).getAsJsonObject();
    assertFalse(epoch.has("val_loss"));
  }

  @Test
  void itPrintsTheSettingALineAnEpochTheTestAndWhereTheReportIs() {
    List<String> lines = train("--epochs", 2, "--device", "cpu").out().lines().toList();
    assertEquals(9, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("device      cpu: oneDNN"), lines.get(0));
    assertTrue(lines.get(0).endsWith("(asked for by name)"), lines.get(0));
    assertEquals("model       lenet5, 15,116 parameters", lines.get(1));
    assertTrue(lines.get(2).endsWith(", 180 images for training, 20 for validation"));
    assertEquals("classes     0: 45, 1: 45, 2: 45, 3: 45", lines.get(3));
    assertEquals("run folder  " + out, lines.get(4));
    String number = "[0-9]+\\.[0-9]{4}";
    String measures = "loss N, accuracy N, val_loss N, val_accuracy N, ".replace("N", number);
    for (int i = 1; i <= 2; i++) {
      String epoch = "epoch " + i + "/2: " + measures + "[0-9]+\\.[0-9] s, [0-9,]+ images/s";
      assertTrue(lines.get(4 + i).matches(epoch), lines.get(4 + i));
    }
    String test = "test: loss N, accuracy N, 40 images, last model".replace("N", number);
    assertTrue(lines.get(7).matches(test), lines.get(7));
    assertEquals("report: " + out.resolve("report.html"), lines.get(8));
  }

  @Test
  void quietPrintsNothing() {
    assertEquals("", train("--epochs", 1, "--quiet").out());
  }

  @Test
  void theBestDeviceIsTakenAndNamed() throws IOException {
    train("--epochs", 1);
    String device = json("report.json").get("device").getAsString();
    String reason = json("report.json").get("backend_reason").getAsString();
    assertTrue(reason.startsWith("auto: the best backend that works"), reason);
    // Which one depends on the machine: without a GPU, why there is none.
    assertTrue(device.startsWith("cuda") || reason.contains("; cuda: "), device + ": " + reason);
  }

  @Test
  void sameSeedSameModel() throws IOException {
    train("--epochs", 1, "--seed", 3);
    byte[] first = Files.readAllBytes(out.resolve("last.safetensors"));
    out = temp.resolve("again");
    train("--epochs", 1, "--seed", 3);
    assertArrayEquals(first, Files.readAllBytes(out.resolve("last.safetensors")));
    out = temp.resolve("other");
    train("--epochs", 1, "--seed", 4);
    byte[] other = Files.readAllBytes(out.resolve("last.safetensors"));
    assertFalse(java.util.Arrays.equals(first, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "sgd", "momentum", "nesterov", "adamw", "rmsprop", "RMSProp"})
  void everyOptimizerLearns(String optimizer) throws IOException {
    train(
        "--epochs",
        3,
        "--optimizer",
        optimizer,
        "--schedule",
        "cosine",
        "--warm-up",
        3,
        "--clip-norm",
        1,
        "--weight-decay",
        0.001);
    JsonArray epochs = json("report.json").getAsJsonArray("epochs");
    double first = epochs.get(0).getAsJsonObject().get("loss").getAsDouble();
    double last = epochs.get(2).getAsJsonObject().get("loss").getAsDouble();
    assertTrue(last < first, first + " to " + last);
  }

  /**
   * The model that is kept shows nothing of it: it evaluates as the report says, without a seed.
   */
  @Test
  void imagesAreAugmentedWhileTrainingAlone() throws IOException {
    train("--epochs", 2);
    byte[] plain = Files.readAllBytes(out.resolve("checkpoint.safetensors"));
    double plainLoss = json("report.json").getAsJsonObject("test").get("loss").getAsDouble();
    out = temp.resolve("augmented");
    String list = "mixup=0.2,rotate=36,flip,cutout=3";
    train("--epochs", 2, "--augment", list);
    assertFalse(
        java.util.Arrays.equals(plain, Files.readAllBytes(out.resolve("checkpoint.safetensors"))));
    assertTrue(json("run.json").toString().contains("--augment=" + list));
    assertEquals(
        "[{\"class_name\":\"RandomFlip\",\"config\":{\"mode\":\"horizontal\"}},"
            + "{\"class_name\":\"RandomRotation\",\"config\":{\"factor\":0.1}},"
            + "{\"class_name\":\"RandomErasing\",\"config\":{\"size\":3}},"
            + "{\"class_name\":\"MixUp\",\"config\":{\"alpha\":0.2}}]",
        json("report.json").get("augmentation").toString());
    double loss = json("report.json").getAsJsonObject("test").get("loss").getAsDouble();
    assertFalse(loss == plainLoss);
    Path model = out.resolve("last.safetensors");
    String test = "test: loss " + Numbers.fixed(loss, 4);
    for (int i = 0; i < 2; i++) {
      String evaluated = Cli.run("evaluate", model, data).mustSucceed().out();
      assertTrue(evaluated.startsWith(test), evaluated);
    }
  }

  @Test
  void augmentationReplacesThatOfTheModel() throws IOException {
    train("--epochs", 1, "--augment", "flip,mixup=1");
    Path model = out.resolve("last.safetensors");
    out = temp.resolve("further");
    Cli.run("train", data, "--model", model, "--epochs", 1, "--out", out, "--augment", "crop=2")
        .mustSucceed();
    String augmentation = json("report.json").get("augmentation").toString();
    assertTrue(augmentation.matches(".*RandomCrop.*"), augmentation);
    assertFalse(augmentation.matches(".*(RandomFlip|MixUp).*"), augmentation);
  }

  @Test
  void aFinishedRunIsNotTrainedAgain() throws IOException {
    train("--epochs", 1);
    byte[] report = Files.readAllBytes(out.resolve("report.json"));
    Cli.Result again = Cli.run("train", "--resume", out).mustSucceed();
    assertTrue(again.out().contains("is finished"), again.out());
    assertArrayEquals(report, Files.readAllBytes(out.resolve("report.json")));
  }

  @Test
  void aRunWithoutACheckpointIsResumedFromTheBeginning() throws IOException {
    train("--epochs", 2);
    byte[] model = Files.readAllBytes(out.resolve("last.safetensors"));
    Files.delete(out.resolve("checkpoint.safetensors"));
    Files.delete(out.resolve("report.json"));
    Cli.Result again = Cli.run("train", data, "--resume", out).mustSucceed();
    assertTrue(again.out().contains("epoch 1/2"), again.out());
    assertArrayEquals(model, Files.readAllBytes(out.resolve("last.safetensors")));
  }

  @Test
  void aRunWhoseTestIsMissingGetsIt() throws IOException {
    train("--epochs", 2);
    JsonElement test = json("report.json").get("test");
    Files.delete(out.resolve("report.json"));
    Files.delete(out.resolve("last.safetensors"));
    Cli.Result again = Cli.run("train", "--resume", out).mustSucceed();
    assertFalse(again.out().contains("epoch "), again.out());
    assertEquals(test, json("report.json").get("test"));
    assertEquals(2, json("report.json").getAsJsonArray("epochs").size());
  }

  @Test
  void aSavedModelIsEvaluatedPredictsAndGoesOn() throws IOException {
    train("--epochs", 4);
    Path model = out.resolve("last.safetensors");
    JsonObject test = json("report.json").getAsJsonObject("test");
    String accuracy = Numbers.fixed(test.get("accuracy").getAsDouble(), 4);
    String loss = Numbers.fixed(test.get("loss").getAsDouble(), 4);
    assertEquals(
        "test: loss " + loss + ", accuracy " + accuracy + ", 40 images",
        Cli.run("evaluate", model, data).mustSucceed().out().lines().findFirst().orElseThrow());

    String predicted = Cli.run("predict", model, image(2), image(1)).mustSucceed().out();
    List<String> lines = predicted.lines().toList();
    assertEquals(10, lines.size(), predicted);
    assertTrue(lines.get(0).endsWith("2.png"), predicted);
    assertTrue(lines.get(1).startsWith("  2  0."), predicted);
    assertTrue(lines.get(6).startsWith("  1  0."), predicted);

    String summary = Cli.run("summary", model).mustSucceed().out();
    assertTrue(summary.contains("Parameters: 15,116"), summary);

    JsonArray epochs = json("report.json").getAsJsonArray("epochs");
    double before = epochs.get(3).getAsJsonObject().get("loss").getAsDouble();
    out = temp.resolve("further");
    Cli.run("train", data, "--model", model, "--epochs", 1, "--out", out).mustSucceed();
    JsonObject further = json("report.json").getAsJsonArray("epochs").get(0).getAsJsonObject();
    assertTrue(further.get("loss").getAsDouble() < before, "it did not go on from " + before);
  }

  @Test
  void theMetricsThatAreAskedForAreReported() throws IOException {
    Cli.Result result = train("--epochs", 1, "--metrics", "f1_score,auc");
    assertTrue(result.out().contains(", val_auc 0."), result.out());
    JsonObject test = json("report.json").getAsJsonObject("test");
    assertEquals(Set.of("model", "loss", "f1_score", "auc"), test.keySet());
    String f1 = Numbers.fixed(test.get("f1_score").getAsDouble(), 4);
    String evaluated =
        Cli.run("evaluate", out.resolve("last.safetensors"), data).mustSucceed().out();
    assertTrue(evaluated.contains("f1_score " + f1 + ", auc "), evaluated);
    Cli.run("train", data, "--metrics", "f1").mustFail(2, "--metrics", "'f1' is unknown");
  }

  /** The set is balanced, so that the weights are 1; a train set cut short is not. */
  @Test
  void classesAreWeighedByHowRareTheyAre() throws IOException {
    train("--epochs", 1);
    byte[] plain = Files.readAllBytes(out.resolve("last.safetensors"));
    out = temp.resolve("balanced");
    train("--epochs", 1, "--class-weight", "balanced");
    assertArrayEquals(plain, Files.readAllBytes(out.resolve("last.safetensors")));
    out = temp.resolve("uneven");
    train("--epochs", 1, "--class-weight", "balanced", "--validation-split", 0.125);
    byte[] uneven = Files.readAllBytes(out.resolve("last.safetensors"));
    out = temp.resolve("even");
    train("--epochs", 1, "--validation-split", 0.125);
    assertFalse(Arrays.equals(uneven, Files.readAllBytes(out.resolve("last.safetensors"))));
  }

  @Test
  void aRunBeginsWithAnothersWeightsAndKeepsThemWhereTheyAreFrozen() throws IOException {
    train("--epochs", 1);
    Path learnt = out.resolve("last.safetensors");
    out = temp.resolve("tuned");
    Cli.Result tuned = train("--epochs", 2, "--init", learnt, "--freeze", "conv2d,dense_1");
    assertTrue(tuned.out().contains("init        5 layers loaded\n"), tuned.out());
    Map<String, Tensor> before = weights(learnt);
    Map<String, Tensor> after = weights(out.resolve("last.safetensors"));
    for (String name : before.keySet()) {
      boolean frozen = name.startsWith("conv2d") || name.startsWith("dense_1/");
      assertEquals(frozen, before.get(name).bytes().equals(after.get(name).bytes()), name);
    }
    Path csv = Files.writeString(temp.resolve("no.safetensors"), "no model");
    Cli.run("train", data, "--init", csv).mustFail(1, "no.safetensors");
    Cli.run("train", data, "--freeze", "head").mustFail(2, "--freeze", "begins with 'head'");
  }

  private static Map<String, Tensor> weights(Path file) throws IOException {
    return SafeTensors.read(file).tensors();
  }

  @Test
  void batchesAreAccumulated() throws IOException {
    train("--epochs", 2, "--batch-size", 64);
    double large = loss();
    out = temp.resolve("accumulated");
    train("--epochs", 2, "--batch-size", 16, "--accumulate", 4);
    assertEquals(large, loss(), 1e-4);
    Cli.run("train", data, "--accumulate", 0).mustFail(2, "a step takes at least 1 batch");
  }

  @Test
  void movingAveragesAreKept() throws IOException {
    train("--epochs", 1);
    Map<String, Tensor> plain = weights(out.resolve("last.safetensors"));
    out = temp.resolve("averaged");
    train("--epochs", 1, "--ema", 0.9);
    Map<String, Tensor> averaged = weights(out.resolve("last.safetensors"));
    assertEquals(plain.keySet(), averaged.keySet());
    assertFalse(plain.get("dense/kernel").bytes().equals(averaged.get("dense/kernel").bytes()));
    Cli.run("train", data, "--ema", 1).mustFail(2, "above 0 and below 1, is 1.0");
  }

  private double loss() throws IOException {
    JsonArray epochs = json("report.json").getAsJsonArray("epochs");
    return epochs.get(1).getAsJsonObject().get("loss").getAsDouble();
  }

  /** With a rate this low float weights stay as they are, so that epoch 1 stays the best. */
  @Test
  void earlyStoppingCompletesTheRun() throws IOException {
    train("--epochs", 9, "--learning-rate", 1e-30, "--early-stopping", 2);
    assertEquals("completed", json("report.json").get("ended").getAsString());
    assertEquals(3, json("report.json").getAsJsonArray("epochs").size());
    byte[] model = Files.readAllBytes(out.resolve("last.safetensors"));
    Files.delete(out.resolve("report.json"));
    Cli.Result again = Cli.run("train", "--resume", out).mustSucceed();
    assertFalse(again.out().contains("epoch "), again.out());
    assertEquals("completed", json("report.json").get("ended").getAsString());
    assertArrayEquals(model, Files.readAllBytes(out.resolve("last.safetensors")));
  }

  @Test
  void withoutValidationEarlyStoppingWatchesTheTrainingLoss() throws IOException {
    train("--epochs", 2, "--early-stopping", 1, "--validation-split", 0);
    assertEquals("completed", json("report.json").get("ended").getAsString());
  }

  @Test
  void tensorBoardGetsAFileForTrainingAndOneForValidation() throws IOException {
    Path logs = temp.resolve("logs");
    train("--epochs", 1, "--tensorboard", Path.of("").toAbsolutePath().relativize(logs));
    assertTrue(events(logs.resolve("validation")).contains("epoch_loss"));
    String training = events(logs.resolve("train"));
    for (String tag :
        List.of("epoch_loss", "conv2d/kernel", "gradients/conv2d/kernel", "images/0")) {
      assertTrue(training.contains(tag), tag);
    }
    Files.delete(out.resolve("report.json"));
    Files.createFile(temp.resolve("file"));
    Cli.run("train", "--resume", out, "--tensorboard", temp.resolve("file"))
        .mustFail(2, "begun with --tensorboard " + logs);
    out = temp.resolve("other");
    Cli.run("train", data, "--out", out, "--tensorboard", temp.resolve("file"))
        .mustFail(1, "can't take event files", "choose another folder");
  }

  /** The bytes of the one file. */
  private static String events(Path logs) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      Path file = files.findFirst().orElseThrow();
      assertTrue(file.toString().contains("events.out.tfevents."), file.toString());
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    }
  }

  /** An image of another size whose quarter is bright. */
  private Path image(int quarter) throws IOException {
    BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 48; x++) {
        int value = y / 24 * 2 + x / 24 == quarter ? 175 : 75;
        image.setRGB(x, y, value << 16 | value << 8 | value);
      }
    }
    Path file = temp.resolve(quarter + ".png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void devicesAreListed() {
    String devices = Cli.run("devices").mustSucceed().out();
    assertTrue(devices.contains("cpu: works: oneDNN"), devices);
    assertTrue(devices.contains("reference: works: "), devices);
  }
}

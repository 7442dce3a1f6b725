// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that can't begin or go on: exit code 1, a clear message, nothing half-written. */
class BadInputTest {
  @TempDir Path temp;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = IdxFiles.write(temp.resolve("data"), 40, 12);
    out = temp.resolve("run");
  }

  private Cli.Result train(Object... more) {
    Object[] first = {"train", data, "--out", out};
    return Cli.run(Stream.concat(Stream.of(first), Stream.of(more)).toArray());
  }

  private List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDatasetThatIsNone() throws IOException {
    Cli.run("train", temp.resolve("no"), "--out", out).mustFail(1, "there is no dataset", "mnist");
    Path file = data.resolve("train-labels-idx1-ubyte");
    Cli.run("train", file, "--out", out).mustFail(1, file + "' is a file", "folder");
    Cli.run("train", temp, "--out", out)
        .mustFail(
            1, "holds neither .png or .jpg files", "a folder for each class", "four IDX files");
    Files.delete(data.resolve("train-images-idx3-ubyte"));
    Cli.run("train", data, "--out", out).mustFail(1, "lacks train-images-idx3-ubyte", "four files");
    assertFalse(Files.exists(out));
  }

  @Test
  void aTruncatedFile() throws IOException {
    Path images = data.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 1000));
    train().mustFail(1, images.toString(), "5760 elements, there are 984");
    assertFalse(Files.exists(out));
  }

  @Test
  void shapesThatDontFit() throws IOException {
    Path small = IdxFiles.write(temp.resolve("small"), 40, 8);
    Cli.run("train", small, "--model", "workshop", "--out", out)
        .mustFail(2, "'workshop' wants images of at least 10 x 10 pixels, these have 8 x 8");
    assertFalse(Files.exists(out));
  }

  @Test
  void aBatchLargerThanTheData() {
    train("--batch-size", 37).mustFail(1, "a batch of 37", "training set of 36", "at most that");
    assertFalse(Files.exists(out));
  }

  @Test
  void aValidationSplitThatLeavesNothing() {
    train("--validation-split", 0.99).mustFail(1, "leaves 0 of 40 instances for training");
    assertFalse(Files.exists(out));
  }

  @Test
  void anUnknownDevice() {
    train("--device", "tpu").mustFail(1, "device 'tpu' is unknown", "auto, cuda, cpu");
    train("--device", "cpu:7").mustFail(1, "device 'cpu:7'", "there are 1");
    assertFalse(Files.exists(out));
  }

  @Test
  void aLossThatIsNotFiniteKeepsTheLastGoodCheckpoint() throws IOException {
    Object[] wild = {"--optimizer", "sgd", "--learning-rate", "1e10", "--batch-size", 8};
    train(wild).mustFail(1, "the loss became", "epoch 1", "lower learning rate");
    assertEquals(List.of("report.json", "run.json"), files(out));
    String report = Files.readString(out.resolve("report.json"));
    assertTrue(report.contains("\"ended\": \"failed: the loss became"), report);
  }

  @Test
  void aRunFolderThatCantBeMade() throws IOException {
    Files.createFile(out);
    train("--batch-size", 8).mustFail(1, out + "' is a file", "--out");
    out = out.resolve("below");
    train("--batch-size", 8).mustFail(1, out + "' can't be made");
  }

  @Test
  void noPermissionToWrite() throws IOException {
    Path locked = Files.createDirectory(temp.resolve("locked"));
    assertTrue(locked.toFile().setWritable(false));
    assumeFalse(Files.isWritable(locked), "root may write everywhere");
    out = locked.resolve("run");
    train("--batch-size", 8).mustFail(1, out + "' can't be made", "no permission", "another");
  }

  @Test
  void aRunFolderThatHoldsARun() throws IOException {
    train("--epochs", 1, "--batch-size", 8, "--model", "lenet5").mustSucceed();
    byte[] report = Files.readAllBytes(out.resolve("report.json"));
    train("--epochs", 1, "--batch-size", 8, "--model", "lenet5")
        .mustFail(2, "holds a run already", "--resume");
    assertArrayEquals(report, Files.readAllBytes(out.resolve("report.json")));
  }

  @Test
  void aRunIsResumedOnlyWithItsOwnArguments() {
    train("--epochs", 1, "--batch-size", 8, "--model", "lenet5").mustSucceed();
    Cli.run("train", "--resume", out, "--epochs", 2)
        .mustFail(2, "begun with --epochs 1, not 2", "leave it out");
    Cli.run("train", "mnist", "--resume", out).mustFail(2, "begun with <dataset> " + data);
    Cli.run("train", "--resume", out, "--out", temp).mustFail(2, "Leave out --out");
  }

  @Test
  void damagedFilesOfARun() throws IOException {
    train("--epochs", 1, "--batch-size", 8, "--model", "lenet5").mustSucceed();
    Files.delete(out.resolve("report.json"));
    Path checkpoint = out.resolve("checkpoint.safetensors");
    Files.write(checkpoint, Arrays.copyOf(Files.readAllBytes(checkpoint), 9000));
    Cli.run("train", "--resume", out).mustFail(1, checkpoint.toString(), "Is it cut off?");
    Files.writeString(out.resolve("run.json"), "{");
    Cli.run("train", "--resume", out).mustFail(1, "run.json' is damaged", "Begin a new run");
  }

  @Test
  void damagedModelFiles() throws IOException {
    train("--epochs", 1, "--batch-size", 8, "--model", "lenet5").mustSucceed();
    Path last = out.resolve("last.safetensors");
    Path cut = temp.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(last), 9000));
    Cli.run("evaluate", cut, data).mustFail(1, cut.toString(), "Is it cut off?");
    Cli.run("train", data, "--model", cut).mustFail(1, cut.toString(), "Is it cut off?");
    Cli.run("evaluate", temp.resolve("no"), data).mustFail(1, "there is no file", "Check the path");
    Cli.run("evaluate", out, data).mustFail(1, out + "' is a folder", ".safetensors file in it");
    Cli.run("evaluate", out.resolve("checkpoint.safetensors"), data)
        .mustFail(1, "is the checkpoint of a fit");
    Cli.run("evaluate", last, "mnist").mustFail(1, "[28, 28, 1]", "'lenet5' wants [?, 12, 12, 1]");
    Cli.run("predict", last, data.resolve("train-labels-idx1-ubyte"))
        .mustFail(1, "is no PNG or JPEG image", "Convert it");
  }

  @Test
  void imagesThatAreTooSmallForAModel() throws IOException {
    Cli.run("train", "mnist", "--model", "vgg16", "--out", temp.resolve("run"))
        .mustFail(2, "'vgg16' wants images of at least 32 x 32 pixels, these have 28 x 28");
  }
}

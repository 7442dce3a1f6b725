// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.IdxFolder;
import io.convoy.metrics.ConfusionMatrix;
import io.convoy.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a saved model besides loss and metrics. */
class EvaluateTest {
  @TempDir Path temp;

  private Path train(Path data) {
    Path out = temp.resolve("run");
    Object[] run = {"train", data, "--out", out, "--model", "lenet5", "--batch-size", 16};
    Cli.run(run).mustSucceed();
    return out.resolve("last.safetensors");
  }

  private static ConfusionMatrix matrix(Path file, Path data) throws IOException {
    try (Model model = Model.load(file)) {
      return ConfusionMatrix.of(model, IdxFolder.load(data).test(), 16);
    }
  }

  @Test
  void scoresAndMatrixArePrintedAndKept() throws IOException {
    Path data = IdxFiles.write(temp.resolve("data"), 200, 12);
    Path model = train(data);
    Path csv = temp.resolve("confusion.csv");
    String out = Cli.run("evaluate", model, data, "--csv", csv).mustSucceed().out();
    ConfusionMatrix matrix = matrix(model, data);
    assertTrue(out.startsWith("test: loss "), out);
    assertTrue(out.contains("accuracy " + Numbers.fixed(matrix.accuracy(), 4)), out);
    assertTrue(out.endsWith("\n\n" + matrix.toText(IdxFiles.CLASSES)), out);
    for (int label = 0; label < IdxFiles.CLASSES; label++) {
      assertEquals(10, matrix.scores(label).support());
    }
    assertEquals(matrix.toCsv(), Files.readString(csv));
  }

  @Test
  void ofManyClassesTheWorst20ArePrintedAndAllAreKept() throws IOException {
    Path data = Files.createDirectories(temp.resolve("data"));
    byte[] labels = new byte[50];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 25);
    }
    for (String set : List.of("train", "t10k")) {
      IdxFiles.writeImages(data, set, labels.length, 12, new byte[labels.length * 144]);
      IdxFiles.writeLabels(data, set, labels);
    }
    Path model = train(data);
    Path csv = temp.resolve("confusion.csv");
    String out = Cli.run("evaluate", model, data, "--csv", csv).mustSucceed().out();
    assertTrue(out.contains("The 20 of 25 classes with the lowest F1:\n"), out);
    assertEquals(4 + (1 + 20 + 2) + 1 + (1 + 20), out.lines().count(), out);
    assertEquals(26, Files.readAllLines(csv).size());
  }

  @Test
  void withoutAFileForItNoneIsWritten() throws IOException {
    Path data = IdxFiles.write(temp.resolve("data"), 40, 12);
    Path model = train(data);
    Cli.run("evaluate", model, data).mustSucceed();
    Cli.run("evaluate", model, data, "--csv", temp.resolve("no/confusion.csv"))
        .mustFail(1, "confusion.csv' can't be written", "Make it first");
    try (var files = Files.list(temp.resolve("run"))) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".csv")).toList());
    }
  }
}

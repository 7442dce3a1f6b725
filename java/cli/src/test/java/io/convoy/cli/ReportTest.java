// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report.html} of a run. */
class ReportTest {
  @TempDir Path temp;
  private Path data;
  private Path out;

  @BeforeEach
  void train() throws IOException {
    data = IdxFiles.write(temp.resolve("data"), 200, 12);
    out = temp.resolve("run");
    Cli.run(
            "train",
            data,
            "--out",
            out,
            "--model",
            "lenet5",
            "--batch-size",
            16,
            "--epochs",
            2,
            "--device",
            "cpu",
            "--learning-rate",
            1e-5,
            "--quiet")
        .mustSucceed();
  }

  private String page() throws IOException {
    return Files.readString(out.resolve("report.html"));
  }

  @Test
  void itTellsTheSettingAndTheResult() throws IOException {
    String text = page().replaceAll("<style>[^<]*</style>|<[^>]*>", "|").replaceAll("[ |\n]+", " ");
    String accuracy = Files.readString(out.resolve("report.json")).split("\"test\": \\{")[1];
    double measured = Double.parseDouble(accuracy.split("\"accuracy\": ")[1].split("[,\\s]")[0]);
    for (String wanted :
        new String[] {
          "lenet5 on data",
          "ended completed",
          "device cpu: oneDNN",
          "(asked for by name)",
          "seed 0",
          "training 180 instances",
          "classes in training 0: 45, 1: 45, 2: 45, 3: 45",
          "--batch-size=16",
          "test accuracy " + Numbers.fixed(measured, 4),
          "conv2d_1 Conv2D",
          "training, epoch 2: "
        }) {
      assertTrue(text.contains(wanted), () -> "no '" + wanted + "' in: " + text);
    }
  }

  @Test
  void itCanBeBuiltAgain() throws IOException {
    String before = page();
    Files.delete(out.resolve("report.html"));
    Files.delete(out.resolve("mistakes.png"));
    String said = Cli.run("report", out, "--device", "cpu").mustSucceed().out();
    assertEquals(out.resolve("report.html") + System.lineSeparator(), said);
    assertEquals(before, page());
    assertTrue(Files.exists(out.resolve("mistakes.png")));
  }

  @Test
  void theDataMayHaveMoved() throws IOException {
    Path moved = Files.move(data, temp.resolve("moved"));
    Cli.run("report", out).mustFail(1, "there is no dataset '" + data + "'");
    Cli.run("report", out, "--data", moved).mustSucceed();
    assertTrue(page().contains("lenet5 on moved"));
  }

  @Test
  void ofARunThatHasNotEndedItShowsTheBest() throws IOException {
    Files.delete(out.resolve("last.safetensors"));
    Cli.run("report", out).mustSucceed();
    assertTrue(page().contains("best.safetensors"));
    Files.delete(out.resolve("best.safetensors"));
    Cli.run("report", out).mustFail(1, "has no model yet", "convoy train --resume");
  }

  @Test
  void aDamagedReportIsNamed() throws IOException {
    Files.writeString(out.resolve("report.json"), "{\"ended\": []}");
    Cli.run("report", out).mustFail(1, "report.json' is damaged");
    assertFalse(Files.readString(out.resolve("report.json")).isEmpty());
  }
}

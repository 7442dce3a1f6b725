// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  @TempDir Path temp;

  private String plot(String file) throws IOException {
    Path to = temp.resolve(file);
    assertEquals("", Cli.run("plot", "lenet5", to).mustSucceed().out());
    return Files.readString(to);
  }

  @Test
  void theEndingOfTheFileTellsTheFormat() throws IOException {
    assertTrue(plot("net.svg").startsWith("<svg "));
    assertTrue(plot("net.dot").startsWith("digraph \"lenet5\" {"));
  }

  @Test
  void aSavedModelHasAShapeOfItsOwn() throws IOException {
    Path data = IdxFiles.write(temp.resolve("data"), 40, 12);
    Path out = temp.resolve("run");
    Cli.run("train", data, "--model", "lenet5", "--epochs", 1, "--batch-size", 16, "--out", out)
        .mustSucceed();
    Path to = temp.resolve("saved.svg");
    Cli.run("plot", out.resolve("last.safetensors"), to).mustSucceed();
    assertTrue(Files.readString(to).contains("12 × 12 × 1"));
  }
}

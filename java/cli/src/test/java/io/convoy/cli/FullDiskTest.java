// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file that can't be written to its end, as on a full disk. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "it needs a shell that limits the size of files")
class FullDiskTest {
  /** Below the 64 KB of a model; blocks have 512 or 1,024 bytes. */
  private static final String LIMITED = "ulimit -f 40; exec \"$@\"";

  @TempDir Path temp;

  @Test
  void theRunFailsAndKeepsWhatItHad() throws IOException, InterruptedException {
    Path data = IdxFiles.write(temp.resolve("data"), 80, 12);
    Path out = temp.resolve("run");
    // The reference backend, since the first run of another may have to unpack its libraries.
    Object[] arguments = {
      "train",
      data,
      "--out",
      out,
      "--device",
      "reference",
      "--model",
      "lenet5",
      "--epochs",
      2,
      "--batch-size",
      24
    };
    String message;
    try (Child child = new Child(List.of("sh", "-c", LIMITED, "sh"), arguments)) {
      assertEquals(1, child.end(), child.text());
      message = child.text().lines().filter(l -> l.startsWith("convoy: ")).findFirst().orElse("");
    }
    assertTrue(message.contains(out.resolve("best.safetensors").toString()), message);
    assertTrue(message.contains("can't be written, and is as it was"), message);
    assertTrue(message.contains("Make room"), message);
    assertEquals(List.of("report.json", "run.json"), files(out));
    String report = Files.readString(out.resolve("report.json"));
    assertTrue(report.contains("\"ended\": \"failed: file "), report);

    Cli.run("train", "--resume", out).mustSucceed();
    Path other = temp.resolve("other");
    arguments[3] = other;
    Cli.run(arguments).mustSucceed();
    assertArrayEquals(
        Files.readAllBytes(other.resolve("last.safetensors")),
        Files.readAllBytes(out.resolve("last.safetensors")));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command for GPU machines, with programs that only say that they were called. */
@EnabledOnOs(OS.LINUX)
class GpuRoundTest {
  @TempDir private Path folder;
  private Path out;

  /** What a run printed and how it ended. */
  private record Ended(String text, int code) {}

  @BeforeEach
  void programs() throws IOException {
    out = folder.resolve("out");
    program("nvidia-smi", "echo a GPU");
    program(
        "java",
        "case \"$*\" in *cli.Main*devices) echo \"${DEVICE:-cuda:0}: works\" ;;"
            + " *Convolutions*) echo a reason && exit 3 ;; *) echo \"java $*\" ;; esac");
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private Ended round(String device, int seconds, String... parts)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "gpu-round", out.toString());
    builder.command().addAll(List.of(parts));
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("CP", "a.jar:test-classes");
    builder.environment().put("DEVICE", device);
    builder.environment().put("ROUND_SECONDS", "" + seconds);
    Process process = builder.redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(text, process.waitFor());
  }

  @Test
  void whatFailsIsNamedAndWhatDoesNotFitIsLeft() throws Exception {
    Ended round = round("cuda:0", 70, "devices", "convs", "tests", "mnist99", "mnist");
    assertEquals(1, round.code(), round.text());
    assertTrue(round.text().contains("a reason\nFAILED: convs after"), round.text());
    assertTrue(
        round.text().endsWith("gpu-round " + out + " mnist99\nfailed: convs\n"), round.text());
    assertTrue(Files.exists(out.resolveSibling("out.tgz")));
    assertTrue(Files.readString(out.resolve("tests.log")).contains("-t gpu -n .* -N "));
  }

  @Test
  void whatIsLeftIsNoFailure() throws Exception {
    Ended round = round("cuda:0", 70, "tests", "race/lenet5-28-fp32");
    assertEquals(0, round.code(), round.text());
    assertTrue(round.text().contains("not run: race/lenet5-28-fp32; "), round.text());
  }

  @Test
  void withoutAGpuNothingElseIsBegun() throws Exception {
    Ended round = round("cpu", 500, "devices", "tests");
    assertEquals(1, round.code());
    assertFalse(round.text().contains("== tests"), round.text());
  }

  @Test
  void aPartThatIsNoneIsRefusedBeforeAnythingRuns() throws Exception {
    Ended round = round("cuda:0", 500, "devices", "tsets");
    assertEquals(2, round.code());
    assertTrue(
        round.text().contains("no part is named 'tsets'; there are devices tests"), round.text());
    assertFalse(round.text().contains("== devices"), round.text());
  }
}

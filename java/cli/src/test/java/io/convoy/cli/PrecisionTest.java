// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.Checkpoint;
import io.convoy.optimizers.LossScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --precision}. */
class PrecisionTest {
  @TempDir Path temp;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = IdxFiles.write(temp.resolve("data"), 40, 12);
    out = temp.resolve("run");
  }

  @Test
  void aDeviceWithoutItSaysWhatWouldHelp() {
    Cli.run("train", data, "--out", out, "--device", "cpu", "--precision", "bf16")
        .mustFail(1, "can't compute in bf16", "it computes in fp32 alone. Use fp32, or a GPU");
    assertFalse(Files.exists(out));
  }

  @Test
  void aRunKeepsIt() throws IOException {
    Object[] arguments = {
      "train",
      data,
      "--out",
      out,
      "--model",
      "mlp",
      "--device",
      "reference",
      "--precision",
      "fp16",
      "--batch-size",
      12,
      "--epochs",
      1
    };
    Cli.run(arguments).mustSucceed();
    assertTrue(Files.readString(out.resolve("report.json")).contains("\"precision\": \"fp16\""));
    assertTrue(Files.readString(out.resolve("run.json")).contains("--precision=fp16"));
    Path checkpoint = out.resolve("checkpoint.safetensors");
    assertTrue(Checkpoint.load(checkpoint).state().containsKey(LossScale.SCALE));
    Cli.run("train", "--resume", out, "--precision", "bf16")
        .mustFail(2, "the run was begun with --precision fp16, not bf16");
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.model.Checkpoint;
import io.convoy.optimizers.LossScale;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --precision}. */
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

  /** As a saved model is loaded, too: to measure it and to predict with it. */
  @Test
  void savedModelsTakeIt() throws IOException {
    Cli.run("train", data, "--out", out, "--model", "mlp", "--batch-size", 12).mustSucceed();
    Path model = out.resolve("last.safetensors");
    Path image = temp.resolve("image.png");
    ImageIO.write(new BufferedImage(12, 12, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
    for (Object[] use : new Object[][] {{"evaluate", model, data}, {"predict", model, image}}) {
      with(use, "cpu", "bf16").mustFail(1, "can't compute in bf16");
      with(use, "reference", "bf16").mustSucceed();
      with(use, "cpu", "fp8").mustFail(2, "precision 'fp8' is unknown; there are fp32, tf32");
    }
  }

  private static Cli.Result with(Object[] use, String device, String precision) {
    Object[] options = {"--device", device, "--precision", precision};
    return Cli.run(Stream.of(use, options).flatMap(Stream::of).toArray());
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

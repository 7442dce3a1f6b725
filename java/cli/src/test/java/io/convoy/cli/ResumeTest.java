// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.convoy.data.Dataset;
import io.convoy.data.Mnist;
import io.convoy.random.Philox;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped and resumed, in whatever way, ends with the bits of one that was not. */
class ResumeTest {
  private static final int TRAIN = 2000;
  private static final int TEST = 200;
  private static final int SIDE = 28;
  private static final int EPOCHS = 6;
  private static final int KILLS = 10;

  @TempDir static Path temp;
  private static Path data;
  private static Path undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    data = Files.createDirectory(temp.resolve("data"));
    write(Mnist.load().train(), "train", TRAIN);
    write(Mnist.load().test(), "t10k", TEST);
    undisturbed = temp.resolve("undisturbed");
    Cli.run(arguments(undisturbed)).mustSucceed();
  }

  private static void write(Dataset set, String name, int count) throws IOException {
    FloatBuffer features = FloatBuffer.allocate(SIDE * SIDE);
    IntBuffer label = IntBuffer.allocate(1);
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int n = 0; n < count; n++) {
      set.copy(n, 0, features, label);
      labels[n] = (byte) label.get(0);
      for (int i = 0; i < SIDE * SIDE; i++) {
        pixels[n * SIDE * SIDE + i] = (byte) Math.round(features.get(i) * 255);
      }
    }
    IdxFiles.writeImages(data, name, count, SIDE, pixels);
    IdxFiles.writeLabels(data, name, labels);
  }

  /** The workshop's net, since it has dropout, whose masks must go on, too, and augmentation. */
  private static Object[] arguments(Path out) {
    return new Object[] {
      "train",
      data,
      "--out",
      out,
      "--device",
      "cpu",
      "--epochs",
      EPOCHS,
      "--batch-size",
      32,
      "--augment",
      "shift=0.1,rotate=10,mixup=0.2",
      "--checkpoint-every",
      0.1
    };
  }

  @Test
  void killedTenTimesInARow() throws IOException, InterruptedException {
    long seed = Long.getLong("convoy.test.seed", System.nanoTime());
    System.out.println("kill test: -Dconvoy.test.seed=" + seed);
    Philox random = new Philox(seed, 0, 0);
    Path out = temp.resolve("killed");
    // In all they leave about half of the run's time, so that it does not end before the last.
    double longest = 1000 * seconds(undisturbed) / KILLS;
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      random.block(i);
      try (Child child = begin(out)) {
        if (i % 3 > 0) { // else it is killed while it starts or soon after
          child.await("run folder");
        }
        Thread.sleep((long) (longest * random.uniform(0)));
        child.signal("KILL");
        killed += child.end() == 128 + 9 ? 1 : 0;
      }
    }
    assertEquals(KILLS, killed, "it ended before the last kill");
    finish(out);
  }

  private static double seconds(Path out) throws IOException {
    double sum = 0;
    for (JsonElement epoch : json(out, "report.json").getAsJsonArray("epochs")) {
      sum += epoch.getAsJsonObject().get("seconds").getAsDouble();
    }
    return sum;
  }

  private static Child begin(Path out) throws IOException {
    return Files.exists(out.resolve("run.json"))
        ? new Child(List.of(), "train", "--resume", out)
        : new Child(List.of(), arguments(out));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signals")
  void interruptedByBothSignals() throws IOException, InterruptedException {
    assumeTrue(Child.heedsInterrupts(), "a shell's background job ignores SIGINT");
    Path out = temp.resolve("interrupted");
    interrupt(out, "INT", 128 + 2);
    JsonObject first = json(out, "report.json");
    assertEquals("interrupted", first.get("ended").getAsString());
    interrupt(out, "TERM", 128 + 15);
    finish(out);
  }

  /** A step of the reference takes seconds: the first Ctrl-C waits for it, the second does not. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such signals")
  void aSecondCtrlCEndsTheRunAtOnce() throws IOException, InterruptedException {
    assumeTrue(Child.heedsInterrupts(), "a shell's background job ignores SIGINT");
    Path out = temp.resolve("twice");
    Object[] words = {"train", data, "--out", out, "--device", "reference", "--batch-size", 1800};
    try (Child child = new Child(List.of(), words).await("run folder")) {
      child.signal("INT");
      Thread.sleep(500);
      assertTrue(child.runs(), "it waits for its step");
      child.signal("INT");
      assertEquals(128 + 2, child.end(), child.text());
      assertFalse(child.text().contains("interrupted; go on"), child.text());
    }
  }

  /** Stops the run inside the first epoch after its (re)start. */
  private static void interrupt(Path out, String signal, int code)
      throws IOException, InterruptedException {
    try (Child child = begin(out).await("run folder")) {
      Thread.sleep(150);
      child.signal(signal);
      assertEquals(code, child.end(), child.text());
      assertTrue(
          child.text().endsWith("interrupted; go on with: convoy train --resume " + out + "\n"),
          child.text());
      assertTrue(Files.exists(out.resolve("checkpoint.safetensors")));
      String page = Files.readString(out.resolve("report.html"));
      assertTrue(page.contains(">interrupted<"));
      assertFalse(page.contains("Confusion matrix"), "there was no test");
    }
  }

  /** Lets a run end, and compares it with the undisturbed one. */
  private static void finish(Path out) throws IOException {
    Cli.run("train", "--resume", out).mustSucceed();
    for (String file : List.of("last.safetensors", "best.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(undisturbed.resolve(file)),
          Files.readAllBytes(out.resolve(file)),
          file);
    }
    assertEquals(timeless(undisturbed), timeless(out));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".tmp")).toList());
    }
  }

  private static JsonObject timeless(Path out) throws IOException {
    JsonObject report = json(out, "report.json");
    JsonArray epochs = report.getAsJsonArray("epochs");
    for (JsonElement epoch : epochs) {
      epoch.getAsJsonObject().remove("seconds");
      epoch.getAsJsonObject().remove("images_per_second");
    }
    return report;
  }

  private static JsonObject json(Path out, String file) throws IOException {
    return JsonParser.parseString(Files.readString(out.resolve(file))).getAsJsonObject();
  }
}

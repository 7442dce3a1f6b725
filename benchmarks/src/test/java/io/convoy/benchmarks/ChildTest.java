// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes beside this one, and the scores that they print. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class ChildTest {
  @TempDir Path folder;

  private Child shell(String script) {
    return new Child(
        List.of("sh", "-c", script, "sh"), Map.of("GREETING", "hello"), folder.resolve("log"));
  }

  @Test
  void argumentsAndEnvironmentArriveAndLinesComeBack() throws IOException {
    List<Child.Line> lines = shell("echo $GREETING; echo $1; echo aside >&2").run("net=mlp");
    assertEquals(List.of("hello", "net=mlp"), lines.stream().map(Child.Line::text).toList());
    assertEquals("aside\n", Files.readString(folder.resolve("log")));
  }

  @Test
  void aFailureNamesArgumentsCodeAndLog() {
    Exception e = assertThrows(IOException.class, () -> shell("exit 3").run("net=mlp"));
    assertEquals(
        "a process with net=mlp ended with code 3; " + folder.resolve("log") + " tells why",
        e.getMessage());
  }

  /** The grandchild holds the output open: who waits for it waits for a minute. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whoTakesTooLongIsEndedWithAllThatItStarted() {
    Child slow = shell("sleep 60 & echo begun; wait").within(1);
    Exception e = assertThrows(IOException.class, () -> slow.run("net=mlp"));
    assertTrue(
        e.getMessage().startsWith("a process with net=mlp took longer than 1 s"), e.getMessage());
  }

  @Test
  void scoresAreTheMarkedLines() throws IOException {
    String line =
        "@contest {\"framework\":\"f\",\"phase\":\"train\",\"batch\":8,\"imagesPerSecond\":[1,2]}";
    Entrant entrant = new Entrant("f", shell("echo a warning; echo '" + line + "'"));
    List<Entrant.Score> scores = entrant.run(List.of());
    assertEquals(1, scores.size());
    assertEquals(8, scores.get(0).batch());
    assertTrue(scores.get(0).imagesPerSecond()[1] == 2);
  }
}

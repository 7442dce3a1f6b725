// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the command in a process of its own, which can be killed. */
final class Child implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 300;
  private static final int INTERRUPT = 2;

  private final Process process;
  private final BufferedReader output;
  private final StringBuilder text = new StringBuilder();

  /** Starts {@code java} behind the words of a prefix, such as those of a shell. */
  Child(List<String> prefix, Object... args) throws IOException {
    List<String> words = new ArrayList<>(prefix);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(Main.class.getName());
    for (Object arg : args) {
      words.add(arg.toString());
    }
    process = new ProcessBuilder(words).redirectErrorStream(true).start();
    output = process.inputReader(StandardCharsets.UTF_8);
    // One that hangs would hang the test: reading what it prints has no time limit.
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  /** Whether children heed SIGINT: those of a shell's background job are born deaf to it. */
  static boolean heedsInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.notExists(status)) {
      return true;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(l -> l.startsWith("SigIgn:"))
            .findAny()
            .orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring(7).trim(), 16) & 1 << INTERRUPT - 1) == 0;
  }

  /** Reads on until a line begins so, or the process ends. */
  Child await(String begin) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      text.append(line).append('\n');
      if (line.startsWith(begin)) {
        break;
      }
    }
    return this;
  }

  /** Returns the exit code. */
  int end() throws IOException, InterruptedException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      text.append(line).append('\n');
    }
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it hangs: " + text);
    return process.exitValue();
  }

  /** Sends a signal, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Returns what it printed so far. */
  String text() {
    return text.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process.
 *
 * @param command the program and its first arguments
 * @param environment variables added to this process's own
 * @param log where its standard error goes
 */
record Child(List<String> command, Map<String, String> environment, Path log) {
  /** A hung peer must not hang the run; the slowest step seen takes 16 s, a process some 25. */
  private static final long TIMEOUT_MINUTES = 10;

  /** A line of standard output and when it came. */
  record Line(String text, double milliseconds) {}

  Process start(String... args) throws IOException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().putAll(environment);
    Files.createDirectories(log.getParent());
    builder.redirectError(log.toFile());
    return builder.start();
  }

  /**
   * Runs to the end.
   *
   * @return what it printed
   * @throws IOException if it fails or takes too long
   */
  List<Line> run(String... args) throws IOException {
    long begin = System.nanoTime();
    Process process = start(args);
    Thread watchdog = watch(process);
    List<Line> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        lines.add(new Line(text, (System.nanoTime() - begin) * 1e-6));
      }
    } finally {
      watchdog.interrupt();
    }
    int code = process.onExit().join().exitValue();
    if (code != 0) {
      throw new IOException(
          "a process with "
              + String.join(" ", args)
              + " ended with code "
              + code
              + "; "
              + log
              + " tells why");
    }
    return lines;
  }

  private static Thread watch(Process process) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the run is over
              }
            });
    watchdog.setDaemon(true);
    watchdog.start();
    return watchdog;
  }
}

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
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A child process.
 *
 * @param command the program and its first arguments
 * @param environment variables added to this process's own
 * @param log where its standard error goes
 * @param patience how many seconds it may take
 */
record Child(List<String> command, Map<String, String> environment, Path log, int patience) {
  /** A hung peer must not hang the run; the slowest step seen takes 16 s, a process some 25. */
  private static final int PATIENCE = 600;

  Child(List<String> command, Map<String, String> environment, Path log) {
    this(command, environment, log, PATIENCE);
  }

  /** The same with another patience. */
  Child within(int seconds) {
    return new Child(command, environment, log, seconds);
  }

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
    AtomicBoolean late = new AtomicBoolean();
    Thread watchdog = watch(process, late);
    List<Line> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        lines.add(new Line(text, (System.nanoTime() - begin) * 1e-6));
      }
    } finally {
      watchdog.interrupt();
    }
    int code = process.onExit().join().exitValue();
    if (late.get() || code != 0) {
      throw new IOException(
          "a process with "
              + String.join(" ", args)
              + (late.get() ? " took longer than " + patience + " s" : " ended with code " + code)
              + "; "
              + log
              + " tells why");
    }
    return lines;
  }

  /** What the process has started ends with it: it may hold the output open. */
  private Thread watch(Process process, AtomicBoolean late) {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(patience, TimeUnit.SECONDS)) {
                  late.set(true);
                  process.descendants().forEach(ProcessHandle::destroyForcibly);
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

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is checked out.
 *
 * @param commit short hash; outside a repository what CONVOY_COMMIT in the environment says, or
 *     {@code unknown}
 * @param dirty whether tracked files differ from it, or may
 */
record Git(String commit, boolean dirty) {
  static Git in(Path folder) {
    try {
      String commit = ask(folder, "rev-parse", "--short=12", "HEAD");
      return new Git(commit, !ask(folder, "status", "--porcelain", "-uno").isEmpty());
    } catch (IOException e) {
      return new Git(System.getenv().getOrDefault("CONVOY_COMMIT", "unknown"), true);
    }
  }

  private static String ask(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(Arrays.asList(words));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("git " + String.join(" ", words) + " failed in " + folder);
    }
    return answer;
  }
}

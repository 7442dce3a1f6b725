// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A kind of machine: rows of the same kind may be compared. Its name says the CPU, the widest
 * vectors and the cores, such as {@code amd-epyc-avx512-2c}, and no host.
 *
 * @param processor the CPU's own name
 * @param name the name of the kind
 */
public record Machine(String processor, String name) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /**
   * Looks at this machine.
   *
   * @return its kind; outside Linux the CPU is known by its architecture alone
   * @throws IOException if Linux does not tell
   */
  public static Machine here() throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    return Files.isReadable(CPU_INFO)
        ? of(Files.readString(CPU_INFO), cores)
        : of("model name : " + System.getProperty("os.arch"), cores);
  }

  static Machine of(String cpuInfo, int cores) {
    String processor = field(cpuInfo, "model name");
    String flags = " " + field(cpuInfo, "flags") + " ";
    String vectors =
        flags.contains(" avx512f ") ? "-avx512" : flags.contains(" avx2 ") ? "-avx2" : "";
    String slug =
        processor
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\((r|tm)\\)|@.*|\\b(processor|cpu|\\d+-core)\\b", " ")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    return new Machine(processor, slug + vectors + "-" + cores + "c");
  }

  private static String field(String cpuInfo, String name) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(name.equals("flags") ? "" : "unknown");
  }
}

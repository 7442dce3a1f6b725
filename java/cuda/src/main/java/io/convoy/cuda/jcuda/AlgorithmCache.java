// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was the fastest, on disk: a line each of key, tab, choice. Measuring again would cost time,
 * and might choose otherwise and so change the bits of a result.
 */
final class AlgorithmCache {
  private static final String FILE = "algorithms.txt";

  private final CacheFolder folder;
  private Map<String, ConvolutionChoice> known;

  AlgorithmCache(CacheFolder folder) {
    this.folder = folder;
    this.known = read();
  }

  /** Reads what can be read. */
  private Map<String, ConvolutionChoice> read() {
    Map<String, ConvolutionChoice> found = new TreeMap<>();
    String text = new String(folder.read(FILE).orElse(new byte[0]), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      int tab = line.lastIndexOf('\t');
      if (tab > 0) {
        ConvolutionChoice.decode(line.substring(tab + 1))
            .ifPresent(choice -> found.put(line.substring(0, tab), choice));
      }
    }
    return found;
  }

  /**
   * Finds a choice.
   *
   * @param key device, library, pass and shape
   */
  Optional<ConvolutionChoice> find(String key) {
    return Optional.ofNullable(known.get(key));
  }

  /**
   * Keeps a choice, beside what other processes have kept meanwhile.
   *
   * @param key as for {@link #find}
   */
  void remember(String key, ConvolutionChoice choice) {
    known = read();
    known.put(key, choice);
    String text =
        known.entrySet().stream()
            .map(e -> e.getKey() + "\t" + e.getValue().encode() + "\n")
            .collect(Collectors.joining());
    folder.write(FILE, text.getBytes(StandardCharsets.UTF_8));
  }
}

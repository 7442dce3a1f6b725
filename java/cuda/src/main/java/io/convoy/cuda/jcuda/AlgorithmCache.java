// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which algorithm was the fastest, on disk: a line each of key, tab, number. Measuring again would
 * cost time, and might choose otherwise and so change the bits of a result.
 */
final class AlgorithmCache {
  private static final String FILE = "algorithms.txt";
  private static final Pattern LINE = Pattern.compile("(.+)\t(\\d{1,4})");

  private final CacheFolder folder;
  private Map<String, Integer> known;

  AlgorithmCache(CacheFolder folder) {
    this.folder = folder;
    this.known = read();
  }

  /** Reads what can be read. */
  private Map<String, Integer> read() {
    Map<String, Integer> found = new TreeMap<>();
    String text = new String(folder.read(FILE).orElse(new byte[0]), StandardCharsets.UTF_8);
    for (String line : text.lines().toList()) {
      Matcher entry = LINE.matcher(line);
      if (entry.matches()) {
        found.put(entry.group(1), Integer.valueOf(entry.group(2)));
      }
    }
    return found;
  }

  /**
   * Finds an algorithm.
   *
   * @param key device, library, pass and shape
   * @return its number
   */
  OptionalInt find(String key) {
    Integer algorithm = known.get(key);
    return algorithm == null ? OptionalInt.empty() : OptionalInt.of(algorithm);
  }

  /**
   * Keeps an algorithm, beside what other processes have kept meanwhile.
   *
   * @param key as for {@link #find}
   * @param algorithm its number
   */
  void remember(String key, int algorithm) {
    known = read();
    known.put(key, algorithm);
    String text =
        known.entrySet().stream()
            .map(e -> e.getKey() + "\t" + e.getValue() + "\n")
            .collect(Collectors.joining());
    folder.write(FILE, text.getBytes(StandardCharsets.UTF_8));
  }
}

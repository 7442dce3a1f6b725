// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The accepted runs of one kind of machine: a folder with one file a run, named by time and commit,
 * so that two branches that accept runs merge without a conflict.
 *
 * @param folder {@code results/<machine>}; need not exist
 */
public record History(Path folder) {
  /**
   * Accepts rows.
   *
   * @param rows of one run, at least one
   * @return the new file
   * @throws IOException if it can't be written
   */
  public Path accept(List<Row> rows) throws IOException {
    Origin origin = rows.get(0).origin();
    String time = origin.time().replaceAll("[^0-9T]", "");
    Path file =
        folder.resolve(time + "-" + origin.commit() + (origin.dirty() ? "-dirty" : "") + ".json");
    Results.write(file, rows);
    return file;
  }

  /**
   * Reads all accepted runs.
   *
   * @return the rows of each, oldest first
   * @throws IOException if a file can't be read
   */
  public List<List<Row>> runs() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<List<Row>> runs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        runs.add(Results.read(file));
      }
    }
    return runs;
  }

  /**
   * Finds the last accepted row of each measurement.
   *
   * @return rows by {@link Row#key}
   * @throws IOException if a file can't be read
   */
  public Map<String, Row> lastAccepted() throws IOException {
    Map<String, Row> last = new LinkedHashMap<>();
    for (List<Row> run : runs()) {
      run.forEach(row -> last.put(row.key(), row));
    }
    return last;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.benchmarks.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows in a JSON file: an array with one object a row, numbers at full precision. */
public final class Results {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private Results() {}

  /**
   * Writes rows.
   *
   * @param file where to; its folder is made
   * @param rows what to write
   * @throws IOException if it can't be written
   */
  public static void write(Path file, List<Row> rows) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, GSON.toJson(rows) + "\n");
  }

  /**
   * Reads rows.
   *
   * @param file what {@link #write} wrote
   * @return the rows
   * @throws IOException if it can't be read, or is not of that kind
   */
  public static List<Row> read(Path file) throws IOException {
    try {
      return List.of(GSON.fromJson(Files.readString(file), Row[].class));
    } catch (JsonParseException e) {
      throw new IOException(file + " holds no benchmark rows: " + e.getMessage(), e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.workshop;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A notebook as it lies in the repository (nbformat 4).
 *
 * @param path the file
 * @param json what is in it
 */
record Notebook(Path path, JsonObject json) {
  private static final Path FOLDER = Path.of("notebooks");

  /** Reads all notebooks of a language, in the order of their names. */
  static List<Notebook> all(String language) throws IOException {
    List<Notebook> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(language))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList()) {
        JsonElement json = JsonParser.parseString(Files.readString(file));
        all.add(new Notebook(file, json.getAsJsonObject()));
      }
    }
    return all;
  }

  String name() {
    return path.getFileName().toString();
  }

  List<JsonObject> cells(String type) {
    return Stream.of(json.getAsJsonArray("cells"))
        .flatMap(cells -> cells.asList().stream())
        .map(JsonElement::getAsJsonObject)
        .filter(cell -> cell.get("cell_type").getAsString().equals(type))
        .toList();
  }

  /** The sources of the cells of a type. */
  List<String> sources(String type) {
    return cells(type).stream().map(cell -> text(cell.get("source"))).toList();
  }

  /** The types of all cells, in order. */
  List<String> types() {
    return json.getAsJsonArray("cells").asList().stream()
        .map(cell -> cell.getAsJsonObject().get("cell_type").getAsString())
        .toList();
  }

  /** A text, which nbformat writes as one string or as one for each line. */
  static String text(JsonElement text) {
    if (text.isJsonPrimitive()) {
      return text.getAsString();
    }
    StringBuilder lines = new StringBuilder();
    text.getAsJsonArray().forEach(line -> lines.append(line.getAsString()));
    return lines.toString();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

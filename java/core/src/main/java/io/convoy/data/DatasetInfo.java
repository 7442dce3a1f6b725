// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.convoy.files.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a dataset's numbers stand for. A model keeps what it was trained with, in its file, too.
 *
 * @param classNames what class 0, 1, … is called
 * @param encoding how a table's rows became numbers; empty if the instances come from no table
 */
public record DatasetInfo(List<String> classNames, Optional<CsvEncoding> encoding) {
  private static final String CLASSES = "convoy.classes";
  private static final String ENCODING = "convoy.encoding";

  /**
   * Copies the list.
   *
   * @param classNames the component
   * @param encoding the component
   */
  public DatasetInfo {
    classNames = List.copyOf(classNames);
  }

  /**
   * Calls classes 0, 1, ….
   *
   * @param classes how many
   * @return the names, without an encoding
   */
  public static DatasetInfo numbered(int classes) {
    return new DatasetInfo(names(List.of(), classes), Optional.empty());
  }

  /**
   * Names the outputs of a network, which may have more than there are classes.
   *
   * @param outputs how many
   * @return as many names; beyond the classes' the numbers
   */
  public List<String> names(int outputs) {
    return names(classNames, outputs);
  }

  private static List<String> names(List<String> known, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i < known.size() ? known.get(i) : Integer.toString(i))
        .toList();
  }

  /**
   * Writes this for a file's metadata.
   *
   * @return JSON by name
   */
  public Map<String, String> toMetadata() {
    JsonArray names = new JsonArray();
    classNames.forEach(names::add);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(CLASSES, names.toString());
    encoding.ifPresent(e -> metadata.put(ENCODING, CsvEncodingJson.write(e)));
    return metadata;
  }

  /**
   * Reads what a model file says.
   *
   * @param model what {@code Model.save} wrote
   * @return what it says
   * @throws IOException if it can't be read; the message says why
   */
  public static DatasetInfo load(Path model) throws IOException {
    try {
      return fromMetadata(SafeTensors.read(model).metadata());
    } catch (IllegalArgumentException e) {
      throw new IOException("file '" + model + "' is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Reads what {@link #toMetadata} wrote.
   *
   * @param metadata of a file, other texts included
   * @return what it says; no names and no encoding if it says nothing
   * @throws IllegalArgumentException if a text is damaged; the message says which
   */
  public static DatasetInfo fromMetadata(Map<String, String> metadata) {
    List<String> names = new ArrayList<>();
    try {
      JsonParser.parseString(metadata.getOrDefault(CLASSES, "[]"))
          .getAsJsonArray()
          .forEach(name -> names.add(name.getAsString()));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          "its metadata '" + CLASSES + "' is no JSON list of names: " + e.getMessage(), e);
    }
    return new DatasetInfo(
        names, Optional.ofNullable(metadata.get(ENCODING)).map(CsvEncodingJson::read));
  }
}

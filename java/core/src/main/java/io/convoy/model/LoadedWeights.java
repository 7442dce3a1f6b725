// SPDX-License-Identifier: Apache-2.0
package io.convoy.model;

import io.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which layers took over weights of a file by name, and which did not.
 *
 * @param loaded layers that have the file's weights now
 * @param otherShapes layers that the file has with weights of other names or shapes, such as a head
 *     for other classes: they stay as they were
 * @param missing layers that the file does not have: they stay as they were
 * @param unused layers of the file that the model does not have
 */
public record LoadedWeights(
    List<String> loaded, List<String> otherShapes, List<String> missing, List<String> unused) {
  /**
   * Copies the lists.
   *
   * @param loaded the component
   * @param otherShapes the component
   * @param missing the component
   * @param unused the component
   */
  public LoadedWeights {
    loaded = List.copyOf(loaded);
    otherShapes = List.copyOf(otherShapes);
    missing = List.copyOf(missing);
    unused = List.copyOf(unused);
  }

  /** Compares a model's weights with a file's, and moves what is to be taken into {@code into}. */
  static LoadedWeights match(
      Map<String, Tensor> model, Map<String, Tensor> file, Map<String, Tensor> into) {
    Map<String, Map<String, Tensor>> layers = byLayer(model);
    Map<String, Map<String, Tensor>> given = byLayer(file);
    List<String> loaded = new ArrayList<>();
    List<String> otherShapes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    layers.forEach(
        (layer, weights) -> {
          Map<String, Tensor> found = given.get(layer);
          if (found == null) {
            missing.add(layer);
          } else if (alike(weights, found)) {
            loaded.add(layer);
            into.putAll(found);
          } else {
            otherShapes.add(layer);
          }
        });
    Set<String> unused = new TreeSet<>(given.keySet());
    unused.removeAll(layers.keySet());
    return new LoadedWeights(loaded, otherShapes, missing, List.copyOf(unused));
  }

  private static Map<String, Map<String, Tensor>> byLayer(Map<String, Tensor> weights) {
    Map<String, Map<String, Tensor>> layers = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          int slash = name.lastIndexOf('/');
          String layer = slash < 0 ? name : name.substring(0, slash);
          layers.computeIfAbsent(layer, l -> new LinkedHashMap<>()).put(name, tensor);
        });
    return layers;
  }

  private static boolean alike(Map<String, Tensor> a, Map<String, Tensor> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(n -> a.get(n).spec().equals(b.get(n).spec()));
  }

  /**
   * Tells it in a line.
   *
   * @return such as {@code 20 layers loaded; left as they were: dense (other shapes)}
   */
  public String summary() {
    StringBuilder line = new StringBuilder();
    line.append(loaded.size()).append(loaded.size() == 1 ? " layer" : " layers").append(" loaded");
    append(line, "; left as they were, with other shapes in the file: ", otherShapes);
    append(line, "; left as they were, missing in the file: ", missing);
    append(line, "; unused of the file: ", unused);
    return line.toString();
  }

  private static void append(StringBuilder line, String what, List<String> layers) {
    if (!layers.isEmpty()) {
      line.append(what).append(String.join(", ", layers));
    }
  }
}

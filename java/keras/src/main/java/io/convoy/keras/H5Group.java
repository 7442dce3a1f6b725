// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A group of an HDF5 file that lies in memory, so that nothing has to be closed. Links to other
 * files are not followed.
 *
 * @param file where it comes from, for messages
 * @param group jHDF's group
 */
record H5Group(Path file, Group group) {
  /** Reads the root of a file. */
  static H5Group root(Path file, ByteBuffer bytes) throws IOException {
    HdfFile root = guarded(file, "the file", () -> HdfFile.fromByteBuffer(bytes.duplicate()));
    long size = root.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
    if (size > bytes.limit()) {
      throw new IOException(
          file + " is cut off: it has " + bytes.limit() + " of " + size + " bytes of HDF5");
    }
    return new H5Group(file, root);
  }

  /** jHDF tells of damage by many exceptions, of its own and of the JDK. */
  private static <T> T guarded(Path file, String what, Supplier<T> reading) throws IOException {
    try {
      return reading.get();
    } catch (RuntimeException e) {
      throw new IOException(
          file
              + ": "
              + what
              + " can't be read as HDF5 ("
              + e
              + "). Is the file damaged or cut off? Save it anew",
          e);
    }
  }

  private <T> T guarded(String what, Supplier<T> reading) throws IOException {
    return guarded(file, "'" + what + "' in '" + group.getPath() + "'", reading);
  }

  Set<String> children() throws IOException {
    return guarded("children", () -> group.getChildren().keySet());
  }

  /** Finds a group by a path from here. */
  Optional<H5Group> find(String path) throws IOException {
    return node(path).filter(Group.class::isInstance).map(g -> new H5Group(file, (Group) g));
  }

  /** Returns a group by a path from here. */
  H5Group get(String path) throws IOException {
    return find(path).orElseThrow(() -> missing("group", path));
  }

  private IOException missing(String kind, String path) {
    String there = group.getChildren().keySet().toString();
    return new IOException(
        file + ": no " + kind + " '" + path + "' in '" + group.getPath() + "', only " + there);
  }

  private Optional<Node> node(String path) throws IOException {
    Node node = group;
    for (String name : path.split("/")) {
      if (!(node instanceof Group parent)) {
        return Optional.empty();
      }
      node = guarded(name, () -> parent.getChildren().get(name));
      if (node != null && node.isLink()) {
        throw new IOException(file + ": '" + path + "' is a link, which Keras doesn't write");
      }
    }
    return Optional.ofNullable(node);
  }

  /** Reads an attribute of one text. */
  Optional<String> text(String name) throws IOException {
    Object data = attribute(name);
    return data instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Reads an attribute of several texts, which Keras splits into name0, name1 … if it is long. */
  List<String> texts(String name) throws IOException {
    List<String> texts = new ArrayList<>(strings(name));
    for (int i = 0; attribute(name + i) != null; i++) {
      texts.addAll(strings(name + i));
    }
    return texts;
  }

  /** Keras writes an empty list as an array of no numbers. */
  private List<String> strings(String name) throws IOException {
    return attribute(name) instanceof String[] texts ? Arrays.asList(texts) : List.of();
  }

  private Object attribute(String name) throws IOException {
    return guarded(
        name,
        () -> {
          Attribute attribute = group.getAttribute(name);
          return attribute == null || attribute.getSize() == 0 ? null : attribute.getData();
        });
  }

  /**
   * Reads numbers.
   *
   * @param path of a dataset
   * @param shape what it must have
   * @param wanted who wants it, for messages
   */
  Tensor tensor(String path, Shape shape, String wanted) throws IOException {
    Node node = node(path).orElseThrow(() -> missing("dataset", path));
    if (!(node instanceof Dataset dataset)) {
      throw missing("dataset", path);
    }
    int[] dims = guarded(path, dataset::getDimensions);
    if (!Arrays.equals(dims, shape.dims())) {
      throw new IOException(
          String.format(
              "%s: %s wants %s, but '%s' has the shape %s. Is it the same network?",
              file, wanted, shape, node.getPath(), Arrays.toString(dims)));
    }
    if (!(guarded(path, dataset::getDataFlat) instanceof float[] values)) {
      throw new IOException(
          file + ": '" + node.getPath() + "' is " + dataset.getJavaType() + ", not float32");
    }
    return Tensor.of(values, dims);
  }
}

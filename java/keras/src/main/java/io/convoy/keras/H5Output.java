// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes HDF5 files: groups by path, texts as attributes, numbers. */
final class H5Output {
  /** What HDF5 lets one attribute have, less its name and type. */
  private static final int MAX_ATTRIBUTE = 64_512;

  private final WritableGroup root;

  private H5Output(WritableGroup root) {
    this.root = root;
  }

  /** Fills a file. */
  interface Content {
    void write(H5Output file);
  }

  /** Takes over what was written. */
  interface Use {
    void accept(Path file) throws IOException;
  }

  /** Writes a temporary file, has it used, and deletes it: jHDF writes no streams. */
  static void write(Content content, Use use) throws IOException {
    Path temporary = Files.createTempFile("convoy", ".h5");
    try {
      try (WritableHdfFile file = HdfFile.write(temporary)) {
        content.write(new H5Output(file));
      } catch (HdfException e) {
        throw new IOException("no HDF5 file can be written at '" + temporary + "': " + e, e);
      }
      use.accept(temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Finds or makes a group. */
  private WritableGroup group(List<String> path) {
    WritableGroup group = root;
    for (String name : path) {
      Node there = group.getChild(name);
      group = there == null ? group.putGroup(name) : (WritableGroup) there;
    }
    return group;
  }

  private static List<String> split(String path) {
    return path.isEmpty() ? List.of() : List.of(path.split("/"));
  }

  void text(String path, String name, String text) {
    requireRoom(path, name, text.getBytes(StandardCharsets.UTF_8).length);
    group(split(path)).putAttribute(name, text);
  }

  /** Without any there is no attribute, which Keras reads as none. */
  void texts(String path, String name, List<String> texts) {
    WritableGroup group = group(split(path));
    if (!texts.isEmpty()) {
      int longest =
          texts.stream().mapToInt(t -> t.getBytes(StandardCharsets.UTF_8).length).max().orElse(0);
      requireRoom(path, name, (longest + 1) * texts.size());
      group.putAttribute(name, texts.toArray(new String[0]));
    }
  }

  private static void requireRoom(String path, String name, int bytes) {
    if (bytes > MAX_ATTRIBUTE) {
      throw new IllegalArgumentException(
          String.format(
              "attribute '%s' of '/%s' would have %d bytes, and %d fit: the network has too many"
                  + " layers for a .h5 file. Write a .keras file, which has no such limit",
              name, path, bytes, MAX_ATTRIBUTE));
    }
  }

  void tensor(String path, Tensor tensor, Shape shape) {
    List<String> names = split(path);
    WritableGroup group = group(names.subList(0, names.size() - 1));
    group.putDataset(names.get(names.size() - 1), nested(tensor.floats(), 0, 0, shape));
  }

  /** An array of arrays, as jHDF takes it: of the elements from an offset on, from an axis on. */
  private static Object nested(float[] values, int offset, int axis, Shape shape) {
    int length = shape.dim(axis);
    if (axis == shape.rank() - 1) {
      return Arrays.copyOfRange(values, offset, offset + length);
    }
    int stride = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      stride *= shape.dim(i);
    }
    Object first = nested(values, offset, axis + 1, shape);
    Object array = Array.newInstance(first.getClass(), length);
    Array.set(array, 0, first);
    for (int i = 1; i < length; i++) {
      Array.set(array, i, nested(values, offset + i * stride, axis + 1, shape));
    }
    return array;
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The image files below a folder with a folder for each class, class by class, sorted by name.
 *
 * @param root the folder
 * @param classes names of all classes
 * @param files the images, and {@code labels} for each the index of its class
 */
record ImageFiles(Path root, List<String> classes, List<Path> files, int[] labels) {
  private static final List<String> ENDS = List.of(".png", ".jpg", ".jpeg");

  /** Lists a folder whose folders are the classes. */
  static ImageFiles list(Path root) throws IOException {
    List<String> classes = folders(root).stream().map(ImageFiles::name).toList();
    if (classes.size() < 2) {
      throw new DataException(
          String.format(
              "there must be a folder with images for each class, two or more; there are %d in '%s'",
              classes.size(), root));
    }
    return list(root, classes);
  }

  /** Lists a folder some of whose folders may be missing: its classes are given. */
  static ImageFiles list(Path root, List<String> classes) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path folder : folders(root)) {
      int label = classes.indexOf(name(folder));
      if (label < 0) {
        throw new DataException(
            "folder '"
                + folder
                + "' has the name of none of the classes for training ("
                + String.join(", ", classes)
                + "). Rename or remove it");
      }
      for (Path file : images(folder)) {
        files.add(file);
        labels.add(label);
      }
    }
    if (files.isEmpty()) {
      throw new DataException("folder '" + root + "' has no images. Check the path");
    }
    return new ImageFiles(
        root, classes, files, labels.stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<Path> images(Path folder) throws IOException {
    List<Path> files = visible(folder);
    for (Path file : files) {
      if (!isImage(file)) {
        throw new DataException("'" + file + "' is no .png or .jpg file. Convert, move or hide it");
      }
    }
    if (files.isEmpty()) {
      throw new DataException("folder '" + folder + "' is empty. Remove it, or add its images");
    }
    return files;
  }

  /** Tells by its name whether a file is an image that can be read. */
  static boolean isImage(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDS.stream().anyMatch(name::endsWith);
  }

  static List<Path> folders(Path root) throws IOException {
    return visible(root).stream().filter(Files::isDirectory).toList();
  }

  /** Returns what lies in a folder and doesn't begin with a dot, sorted. */
  static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !name(path).startsWith("."))
          .sorted(Comparator.comparing(ImageFiles::name))
          .toList();
    }
  }

  /** Returns a file's name below the root, such as {@code cat/1.png}, on every system. */
  String relativeName(int index) {
    return root.relativize(files.get(index)).toString().replace('\\', '/');
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}

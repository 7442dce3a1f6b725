// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders that the dynamic loader is configured to look in: what {@code ld.so.conf} says. */
final class LoaderConfiguration {
  private static final String INCLUDE = "include";

  private LoaderConfiguration() {}

  /**
   * Reads a configuration with all that it includes.
   *
   * @param file in the format of ldconfig(8)
   * @return the folders in order; none if it can't be read
   */
  static List<Path> folders(Path file) {
    List<Path> folders = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        read(line.strip(), file, folders);
      }
    } catch (IOException e) {
      return folders; // not every Linux has one
    }
    return folders;
  }

  private static void read(String line, Path file, List<Path> folders) {
    if (line.startsWith(INCLUDE)) {
      Path pattern = file.resolveSibling(line.substring(INCLUDE.length()).strip());
      for (Path part : Folder.find(pattern.getParent(), pattern.getFileName().toString())) {
        folders.addAll(folders(part));
      }
    } else if (line.startsWith("/")) {
      int comment = line.indexOf('#');
      folders.add(Path.of(comment < 0 ? line : line.substring(0, comment).strip()));
    }
  }
}

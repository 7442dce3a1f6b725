// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What lies in a folder. */
final class Folder {
  private Folder() {}

  /**
   * Finds files by name. Globs of the JDK would start its regular expressions, which takes longer
   * than all else that the probe does on a machine without a GPU.
   *
   * @param folder where
   * @param pattern a name with at most one star, which stands for any characters
   * @return the files, sorted; none if the folder can't be read
   */
  static List<Path> find(Path folder, String pattern) {
    int star = pattern.indexOf('*');
    String begin = star < 0 ? pattern : pattern.substring(0, star);
    String end = star < 0 ? "" : pattern.substring(star + 1);
    int shortest = pattern.length() - (star < 0 ? 0 : 1);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        boolean fits = star < 0 ? name.length() == shortest : name.length() >= shortest;
        if (fits && name.startsWith(begin) && name.endsWith(end)) {
          found.add(file);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    found.sort(null);
    return found;
  }
}

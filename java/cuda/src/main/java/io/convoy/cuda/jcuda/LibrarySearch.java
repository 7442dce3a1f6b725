// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Looks for libraries in folders, the user's first. Loads nothing. */
final class LibrarySearch {
  private static final List<String> USUAL =
      List.of(
          "/usr/local/cuda/lib64",
          "/usr/local/nvidia/lib64", // where container hosts mount the driver
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib64",
          "/opt/cuda/lib64",
          "/usr/local/cuda/targets/x86_64-linux/lib");

  private final List<Path> asked;
  private final Redist redist;
  private final List<Path> system;

  /**
   * Makes a search.
   *
   * @param asked folders that the user names
   * @param redist libraries on the class path
   * @param system folders of the machine
   */
  LibrarySearch(List<Path> asked, Redist redist, List<Path> system) {
    this.asked = List.copyOf(asked);
    this.redist = redist;
    this.system = List.copyOf(system);
  }

  /** The search on this machine. */
  static LibrarySearch ofMachine() {
    List<Path> asked = new ArrayList<>(folders(System.getProperty(Settings.PATH)));
    asked.addAll(folders(System.getenv("LD_LIBRARY_PATH")));
    List<Path> system = new ArrayList<>(LoaderConfiguration.folders(Path.of("/etc/ld.so.conf")));
    for (String folder : USUAL) {
      system.add(Path.of(folder));
    }
    Redist redist = new Redist(LibrarySearch.class.getClassLoader(), CacheFolder.ofUser());
    return new LibrarySearch(asked, redist, system);
  }

  private static List<Path> folders(String path) {
    List<Path> folders = new ArrayList<>();
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
      if (!folder.isEmpty()) {
        folders.add(Path.of(folder));
      }
    }
    return folders;
  }

  /**
   * Finds a library.
   *
   * @return its file
   * @throws UncheckedIOException if it has to be unpacked and can't be
   */
  Optional<Path> find(Library library) {
    Optional<Path> found = in(asked, library.soname());
    if (found.isEmpty() && library != Library.DRIVER) { // the driver is in no jar
      found = redist.find(library);
    }
    return found.isPresent() ? found : in(system, library.soname());
  }

  private static Optional<Path> in(List<Path> folders, String name) {
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file) && !isFor32Bits(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Many machines have a driver for 32-bit programs beside the real one. */
  private static boolean isFor32Bits(Path file) {
    byte[] begin = new byte[5];
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(begin, 0, begin.length) == begin.length
          && begin[1] == 'E'
          && begin[2] == 'L'
          && begin[3] == 'F'
          && begin[4] == 1; // ELFCLASS32
    } catch (IOException e) {
      return false; // the loader will tell why
    }
  }

  /** What must be loaded before a library that was found: its parts that lie beside it. */
  static List<Path> parts(Library library, Path file) {
    Set<Path> parts = new LinkedHashSet<>();
    try {
      Path folder = file.toRealPath().getParent();
      for (String pattern : library.parts()) {
        parts.addAll(Folder.find(folder, pattern));
      }
    } catch (IOException e) {
      return List.of(); // the loader will tell why
    }
    return List.copyOf(parts);
  }

  /** Another version of a library, which does not do. */
  Optional<Path> otherVersion(Library library) {
    for (Path folder : folders()) {
      List<Path> found = Folder.find(folder, library.stem() + ".so.*");
      if (!found.isEmpty()) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  private Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>(asked);
    folders.addAll(system);
    return folders;
  }

  /** The folders that were searched, for people. */
  String describe() {
    StringJoiner text = new StringJoiner(", ");
    for (Path folder : folders()) {
      text.add(folder.toString());
    }
    return text.toString();
  }
}

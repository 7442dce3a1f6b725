// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Files that look like libraries, for searches that load nothing. */
final class StandIns {
  private static final byte[] FOR_64_BITS = {0x7f, 'E', 'L', 'F', 2};
  private static final byte[] FOR_32_BITS = {0x7f, 'E', 'L', 'F', 1};

  private static final List<String> PACKED =
      List.of(
          "libcuda.so.1",
          "libcudnn.so.9",
          "libcudnn_ops.so.9",
          "libcublas.so.12",
          "libcublasLt.so.12");

  private StandIns() {}

  static Path library(Path folder, String name) throws IOException {
    return Files.write(Files.createDirectories(folder).resolve(name), FOR_64_BITS);
  }

  static Path libraryFor32Bits(Path folder, String name) throws IOException {
    return Files.write(Files.createDirectories(folder).resolve(name), FOR_32_BITS);
  }

  /** A jar with libraries, each of which holds its name. */
  static Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("cuda-12.6-linux-x86_64-redist.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : PACKED) {
        out.putNextEntry(new JarEntry("org/bytedeco/cuda/linux-x86_64/" + name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  /** A class path of one jar. */
  static URLClassLoader classPath(Path jar) throws IOException {
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
  }

  /** A search in one folder, with nothing on the class path. */
  static LibrarySearch search(Path folder) {
    return search(List.of(), List.of(folder));
  }

  static LibrarySearch search(List<Path> asked, List<Path> system) {
    ClassLoader nothing = new ClassLoader(null) {};
    return new LibrarySearch(asked, new Redist(nothing, new CacheFolder(Path.of("."))), system);
  }
}

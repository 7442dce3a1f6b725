// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * CUDA's libraries out of {@code org.bytedeco:cuda:…:linux-x86_64-redist} on the class path, for
 * machines that have only the driver. The jar is unpacked once, by library.
 */
final class Redist {
  private static final String PLACE = "org/bytedeco/cuda/linux-x86_64/";

  private final ClassLoader classPath;
  private final CacheFolder cache;

  /**
   * Makes a finder.
   *
   * @param classPath where the jar may be
   * @param cache where it is unpacked
   */
  Redist(ClassLoader classPath, CacheFolder cache) {
    this.classPath = classPath;
    this.cache = cache;
  }

  /**
   * Finds a library and unpacks it with its parts.
   *
   * @return its file
   * @throws UncheckedIOException if it can't be unpacked
   */
  Optional<Path> find(Library library) {
    URL url = classPath.getResource(PLACE + library.soname());
    if (url == null) {
      return Optional.empty();
    }
    try {
      URLConnection connection = url.openConnection();
      if (!(connection instanceof JarURLConnection)) {
        return Optional.empty();
      }
      connection.setUseCaches(false); // closing the shared jar would break the class path
      try (JarFile jar = ((JarURLConnection) connection).getJarFile()) {
        return Optional.of(unpack(jar, library).resolve(library.soname()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't unpack " + url + ": " + e.getMessage(), e);
    }
  }

  private Path unpack(JarFile jar, Library library) throws IOException {
    String name = Path.of(jar.getName()).getFileName().toString();
    Path folder = cache.path().resolve(name.replaceFirst("\\.jar$", ""));
    List<JarEntry> entries =
        jar.stream().filter(e -> e.getName().startsWith(PLACE + library.stem())).toList();
    for (JarEntry entry : entries) {
      Path file = folder.resolve(entry.getName().substring(PLACE.length()));
      if (!Files.exists(file) || Files.size(file) != entry.getSize()) {
        try (InputStream in = jar.getInputStream(entry)) {
          CacheFolder.replace(file, partial -> Files.copy(in, partial));
        }
      }
    }
    return folder;
  }
}

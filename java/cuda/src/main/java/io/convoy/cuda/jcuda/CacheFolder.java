// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import io.convoy.files.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder for what takes long to find out. Nothing in it is needed: what can't be read is found
 * out again, and what can't be written is not kept.
 */
final class CacheFolder {
  private final Path path;

  CacheFolder(Path path) {
    this.path = path;
  }

  /** Fills a file. */
  interface Writer {
    void write(Path file) throws IOException;
  }

  /** The folder of this user. */
  static CacheFolder ofUser() {
    return new CacheFolder(UserCache.folder());
  }

  Path path() {
    return path;
  }

  /** What a file holds, if it can be read. */
  Optional<byte[]> read(String name) {
    try {
      return Optional.of(Files.readAllBytes(path.resolve(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes a file, if that can be done. */
  void write(String name, byte[] contents) {
    try {
      replace(path.resolve(name), partial -> Files.write(partial, contents));
    } catch (IOException e) {
      return; // a home that is read-only must not stop a training
    }
  }

  /** Writes a file so that no reader, and no other writer, ever sees a part of it. */
  static void replace(Path file, Writer contents) throws IOException {
    Files.createDirectories(file.getParent());
    Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
    try {
      contents.write(partial);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}

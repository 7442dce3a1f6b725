// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.convoy.data.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings files into a folder, each once. A file appears there under its name when its checksum is
 * right; until then it grows as {@code .part}, where a broken download goes on. However many
 * threads and processes ask, one downloads and the others wait for it.
 *
 * @param folder made if it isn't there
 * @param files what shall be in it
 * @param patience how long a server may send nothing in the middle of a file
 * @param log gets a line when a download begins
 */
record Downloads(Path folder, List<RemoteFile> files, Duration patience, Consumer<String> log) {
  /** A lock on a file is the whole process': threads of one need another. */
  private static final Object THREADS = new Object();

  /** Downloads what is missing. */
  void fetch() throws IOException {
    for (RemoteFile file : files) {
      if (!isThere(file)) {
        fetchAlone(file);
      }
    }
  }

  private boolean isThere(RemoteFile file) {
    return Files.isRegularFile(folder.resolve(file.name()));
  }

  private void fetchAlone(RemoteFile file) throws IOException {
    Files.createDirectories(folder);
    synchronized (THREADS) {
      try (FileChannel lock = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE)) {
        lock.lock(); // until the channel is closed
        if (!isThere(file)) {
          fetch(file);
        }
      }
    }
  }

  private void fetch(RemoteFile file) throws IOException {
    Path part = folder.resolve(file.name() + ".part");
    new Transfer(file, part, patience, log, instead()).run();
    String md5 = RemoteFile.md5(part);
    if (!md5.equals(file.md5())) {
      long bytes = Files.size(part);
      Files.delete(part);
      throw new DataException(
          String.format(
              "what came from %s (%d bytes) has the MD5 checksum %s, not %s, and was removed. Try"
                  + " again. %s",
              file.uri(), bytes, md5, file.md5(), instead()));
    }
    Files.move(part, folder.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What would help where a download does not work. */
  private String instead() {
    String names = files.stream().map(RemoteFile::name).collect(Collectors.joining(", "));
    return String.format(
        "Or bring your own copy: put %s into the cache folder '%s', or name a folder that holds"
            + " them, packed or unpacked, with --data DIR",
        names, folder);
  }
}

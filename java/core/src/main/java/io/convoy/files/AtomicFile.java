// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files whole or not at all: into a temporary file beside the target, forced to disk, then
 * renamed over it. Killed at any moment, a process leaves the old file or the new one, and at most
 * a file {@code .tmp} that the next write replaces. One writer a target at a time.
 */
public final class AtomicFile {
  /** Writes what the file will hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes everything.
     *
     * @param out the file; a write takes all bytes
     * @throws IOException if it fails
     */
    void writeTo(WritableByteChannel out) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a text file in UTF-8.
   *
   * @param target the file, new or to be replaced
   * @param text its content
   * @throws IOException if it can't be written; the message says why and what would help, and the
   *     old file, if any, is as it was
   */
  public static void write(Path target, String text) throws IOException {
    write(target, out -> out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Writes a file.
   *
   * @param target the file, new or to be replaced
   * @param content writes what it will hold
   * @throws IOException if it can't be written; the message says why and what would help, and the
   *     old file, if any, is as it was
   */
  public static void write(Path target, Content content) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) { // a rename would replace a device
      throw new IOException("'" + target + "' is there and is no file. Choose another name");
    }
    // Not Files.createTempFile, which lets only the owner read: the target would be like that, too.
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      writeForced(temporary, content);
      // The folder is not forced: after a power cut the name may show the old file, but whole.
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      IOException explained = new IOException(explain(target, e), e); // before it makes room
      discard(temporary, e);
      throw explained;
    } catch (RuntimeException | Error e) {
      discard(temporary, e);
      throw e;
    }
  }

  private static void writeForced(Path temporary, Content content) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(new WholeWrites(file));
      file.force(true);
    }
  }

  private static void discard(Path temporary, Throwable failure) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static String explain(Path target, IOException e) {
    Path folder = target.toAbsolutePath().getParent();
    String what = "file '" + target + "' can't be written, and is as it was: ";
    if (e instanceof NoSuchFileException) {
      return what + "there is no folder '" + folder + "'. Make it first";
    }
    if (e instanceof AccessDeniedException) {
      return what
          + "no permission to write in '"
          + folder
          + "'. Change it, or choose another folder";
    }
    String why = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return what + why + ". " + freeSpace(folder) + "Make room, or choose another folder";
  }

  private static String freeSpace(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace() + " bytes are free there. ";
    } catch (IOException e) {
      return ""; // the message is about another failure, and does without
    }
  }

  /** A channel to a file may write less than asked, on a disk that fills up; this one goes on. */
  private record WholeWrites(FileChannel file) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int count = bytes.remaining();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}

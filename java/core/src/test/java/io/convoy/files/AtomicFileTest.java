// SPDX-License-Identifier: Apache-2.0
package io.convoy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void nameTarget() {
    target = folder.resolve("model.bin");
  }

  @Test
  void writesNewFiles() throws IOException {
    AtomicFile.write(target, "résumé");
    assertEquals("résumé", Files.readString(target));
    assertOnly("model.bin");
  }

  @Test
  void replacesOldFilesAndLeftovers() throws IOException {
    Files.writeString(target, "old and longer than the new one");
    Files.writeString(folder.resolve("model.bin.tmp"), "what a killed process left behind it");
    AtomicFile.write(target, "new");
    assertEquals("new", Files.readString(target));
    assertOnly("model.bin");
  }

  @Test
  void showsTheOldFileUntilTheNewOneIsThere() throws IOException {
    Files.writeString(target, "old");
    AtomicFile.write(
        target,
        out -> {
          out.write(ByteBuffer.wrap(new byte[100]));
          assertEquals("old", Files.readString(target));
        });
    assertEquals(100, Files.size(target));
  }

  @Test
  void newFilesAreForTheSameEyesAsOthers() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path other = Files.writeString(folder.resolve("other"), "");
    AtomicFile.write(target, "text");
    assertEquals(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(other)),
        PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
  }

  @Test
  void keepsTheOldFileWhenTheDiskIsFull() throws IOException {
    Files.writeString(target, "old");
    IOException full = new IOException("No space left on device");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(StandardCharsets.UTF_8.encode("half of it"));
                      throw full;
                    }));
    assertSame(full, e.getCause());
    assertTrue(e.getMessage().contains(target.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("No space left on device. "), e.getMessage());
    assertTrue(
        e.getMessage().matches(".* \\d+ bytes are free there\\. Make room.*"), e.getMessage());
    assertEquals("old", Files.readString(target));
    assertOnly("model.bin");
  }

  @Test
  void leavesNothingWhenContentFailsOtherwise() throws IOException {
    IllegalStateException failure = new IllegalStateException("session is closed");
    AtomicFile.Content content =
        out -> {
          out.write(ByteBuffer.wrap(new byte[10]));
          throw failure;
        };
    assertSame(
        failure,
        assertThrows(IllegalStateException.class, () -> AtomicFile.write(target, content)));
    assertOnly();
  }

  @Test
  void refusesToReplaceWhatIsNoFile() throws IOException {
    Files.createDirectory(target);
    IOException e = assertThrows(IOException.class, () -> AtomicFile.write(target, "text"));
    assertEquals("'" + target + "' is there and is no file. Choose another name", e.getMessage());
    assertOnly("model.bin");
  }

  @Test
  void leavesNothingWhenTheRenameFails() throws IOException {
    IOException e =
        assertThrows(
            IOException.class,
            () -> AtomicFile.write(target, out -> Files.createDirectories(target.resolve("in"))));
    assertTrue(e.getMessage().contains("model.bin' can't be written"), e.getMessage());
    assertOnly("model.bin");
  }

  @Test
  void namesTheFolderThatIsMissing() {
    Path nowhere = folder.resolve("none").resolve("model.bin");
    IOException e = assertThrows(IOException.class, () -> AtomicFile.write(nowhere, "text"));
    assertTrue(
        e.getMessage()
            .endsWith("there is no folder '" + folder.resolve("none") + "'. Make it first"),
        e.getMessage());
  }

  @Test
  void saysThatPermissionIsMissing() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeFalse(Files.isWritable(folder), "root may write everywhere");
      IOException e = assertThrows(IOException.class, () -> AtomicFile.write(target, "text"));
      assertTrue(e.getMessage().contains("no permission to write in '" + folder), e.getMessage());
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private void assertOnly(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(names), files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }
}

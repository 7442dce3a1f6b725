// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries out of a jar on the class path. */
class RedistTest {
  @TempDir Path temporary;
  private Path jar;
  private Path cache;

  @BeforeEach
  void pack() throws IOException {
    jar = StandIns.jar(temporary);
    cache = temporary.resolve("cache");
  }

  private Optional<Path> find(Library library) throws IOException {
    try (URLClassLoader loader = StandIns.classPath(jar)) {
      Redist redist = new Redist(loader, new CacheFolder(cache));
      return new LibrarySearch(List.of(), redist, List.of()).find(library);
    }
  }

  @Test
  void aLibraryIsUnpackedWithItsParts() throws IOException {
    Path folder = cache.resolve("cuda-12.6-linux-x86_64-redist");
    assertEquals(Optional.of(folder.resolve("libcudnn.so.9")), find(Library.CUDNN));
    assertEquals("libcudnn.so.9", Files.readString(folder.resolve("libcudnn.so.9")));
    assertEquals("libcudnn_ops.so.9", Files.readString(folder.resolve("libcudnn_ops.so.9")));
    assertFalse(Files.exists(folder.resolve("libcublas.so.12")));
    assertEquals(Optional.empty(), find(Library.NVRTC));
    assertEquals(Optional.empty(), find(Library.DRIVER), "it must match the kernel module");
  }

  @Test
  void whatIsWholeStaysAndWhatIsNotIsReplaced() throws IOException {
    Path whole = find(Library.CUBLAS).orElseThrow();
    FileTime early = FileTime.fromMillis(0);
    Files.setLastModifiedTime(whole, early);
    Path part = whole.resolveSibling("libcublasLt.so.12");
    Files.writeString(part, "lib");
    find(Library.CUBLAS);
    assertEquals(early, Files.getLastModifiedTime(whole));
    assertEquals("libcublasLt.so.12", Files.readString(part));
  }

  @Test
  void whatCannotBeUnpackedIsToldWithTheReason() throws IOException {
    Files.writeString(cache, "a file where the folder should be");
    UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> find(Library.CUDNN));
    assertTrue(e.getMessage().startsWith("can't unpack jar:"), e.getMessage());
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda.jcuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of ld.so.conf. */
class LoaderConfigurationTest {
  @TempDir Path temporary;

  @Test
  void foldersAndWhatIsIncluded() throws IOException {
    Path parts = Files.createDirectories(temporary.resolve("ld.so.conf.d"));
    Files.writeString(parts.resolve("b.conf"), "/of/b\n");
    Files.writeString(parts.resolve("a.conf"), "# CUDA\n/of/a/1 # first\n\n  /of/a/2\n");
    Files.writeString(parts.resolve("note.txt"), "/not/this\n");
    Path file = temporary.resolve("ld.so.conf");
    Files.writeString(
        file,
        "include ld.so.conf.d/*.conf\ninclude "
            + parts
            + "/b.conf\ninclude gone/*.conf\nhwcap 1 nosegneg\n/last\n");
    List<Path> expected =
        List.of(
            Path.of("/of/a/1"),
            Path.of("/of/a/2"),
            Path.of("/of/b"),
            Path.of("/of/b"),
            Path.of("/last"));
    assertEquals(expected, LoaderConfiguration.folders(file));
  }

  @Test
  void thereMayBeNone() {
    assertEquals(List.of(), LoaderConfiguration.folders(temporary.resolve("ld.so.conf")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kernels' sources in the jar, which NVRTC compiles where the fatbin does not fit. */
class KernelSourcesTest {
  private static final Path SOURCES = Path.of("../../cuda-kernels");
  private static final String PACKED = "/io/convoy/cuda/kernels/";

  @Test
  void theListNamesAllSources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> sources =
          files
              .map(f -> SOURCES.relativize(f).toString())
              .filter(f -> f.matches("(src/.*\\.cu|include/.*\\.cuh)"))
              .sorted()
              .toList();
      assertEquals(sources, listed());
    }
  }

  @Test
  void allThatIsListedIsPacked() throws IOException {
    for (String file : listed()) {
      try (InputStream in = KernelSourcesTest.class.getResourceAsStream(PACKED + file)) {
        assertNotNull(in, file);
      }
    }
  }

  private static List<String> listed() throws IOException {
    try (InputStream in = KernelSourcesTest.class.getResourceAsStream(PACKED + "files.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}

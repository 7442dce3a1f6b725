// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H5GroupTest {
  @Test
  void attributesOfSeveralTextsMayBeSplit(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("m.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("split0", new String[] {"a", "bc"});
      hdf.putAttribute("split1", new String[] {"d"});
      hdf.putAttribute("split3", new String[] {"not behind 1"});
      hdf.putAttribute("whole", new String[] {"\u00e9"});
      hdf.putAttribute("numbers", new float[] {1});
      hdf.putDataset("data", new float[] {1});
    }
    H5Group root = H5Group.root(file, ByteBuffer.wrap(Files.readAllBytes(file)));
    assertEquals(List.of("a", "bc", "d"), root.texts("split"));
    assertEquals(List.of("\u00e9"), root.texts("whole"));
    assertEquals(List.of(), root.texts("none"));
    assertEquals(List.of(), root.texts("numbers"));
    assertEquals(Optional.empty(), root.text("whole"));
    assertEquals(Optional.empty(), root.find("data"));
    assertEquals(Optional.empty(), root.find("data/below"));
  }
}

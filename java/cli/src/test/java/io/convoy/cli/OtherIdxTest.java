// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dataset in IDX format that nobody has seen before: other sizes, classes and file names. */
class OtherIdxTest {
  @TempDir Path temp;

  @Test
  void theWorkshopNetTrainsOnItWithoutAChange() throws IOException {
    IdxFiles.writeStripes(
        temp.resolve("train-images.idx3-ubyte"),
        temp.resolve("train-labels.idx1-ubyte"),
        280,
        32,
        20,
        7);
    IdxFiles.writeStripes(
        temp.resolve("test-images.idx3-ubyte"),
        temp.resolve("test-labels.idx1-ubyte"),
        70,
        32,
        20,
        7);
    Path out = temp.resolve("run");
    List<String> lines =
        Cli.run("train", temp, "--epochs", 3, "--batch-size", 16, "--stratified", "--out", out)
            .mustSucceed()
            .out()
            .lines()
            .toList();
    assertTrue(lines.get(1).startsWith("model       workshop, "), lines.get(1));
    assertTrue(lines.get(2).endsWith(", 252 images for training, 28 for validation"), lines.get(2));
    assertEquals("classes     0: 36, 1: 36, 2: 36, 3: 36, 4: 36, 5: 36, 6: 36", lines.get(3));
    assertTrue(lines.get(lines.size() - 2).contains("accuracy 1.0000, 70 images"), lines::toString);
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.losses.Losses;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are damaged, or meant to do damage, are errors that say which file and why. */
class HostileFilesTest {
  @TempDir Path folder;

  private Path file(byte... content) throws IOException {
    return Files.write(folder.resolve("m"), content);
  }

  private static void mustFail(Path file, String... words) {
    String message = assertThrows(IOException.class, () -> Fixtures.read(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential.keras", "sequential.keras2.h5", "functional.keras3.h5"})
  void cutOffAnywhere(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.file(name));
    for (int i = 0; i < 40; i++) {
      mustFail(file(Arrays.copyOf(whole, whole.length * i / 40)));
    }
  }

  /** One byte at a time: an error, or a model as before but for a weight or a name. */
  @ParameterizedTest
  @ValueSource(strings = {"sequential.keras", "sequential.keras2.h5"})
  void aByteIsAnother(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.file(name));
    for (int at = 0; at < whole.length; at += 53) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x55;
      Path file = file(damaged);
      try {
        Fixtures.read(file);
      } catch (IOException e) {
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
      }
    }
  }

  @Test
  void otherFiles() throws IOException {
    mustFail(file(), "no file of Keras");
    mustFail(file(new byte[100]), "no file of Keras");
    mustFail(Fixtures.file("functional.weights.h5"), "weights alone", "Keras.readWeights");
    mustFail(Fixtures.json("functional.keras", folder), "an architecture alone");
    Path none = folder.resolve("none");
    assertEquals(
        none.toString(),
        assertThrows(NoSuchFileException.class, () -> Fixtures.read(none)).getMessage());
  }

  private Path zip(Object... namesAndContents) throws IOException {
    Path file = folder.resolve("m.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write((byte[]) namesAndContents[i + 1]);
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void archivesThatAreNoModels() throws IOException {
    byte[] config = Files.readAllBytes(Fixtures.json("sequential.keras", folder));
    mustFail(zip("a.txt", config), "lacks 'config.json'", "[a.txt]");
    mustFail(zip("config.json", config), "lacks 'model.weights.h5'");
    mustFail(zip("config.json", config, "model.weights.h5", config), "can't be read as HDF5");
    mustFail(zip("config.json", config, "model.weights.h5", new byte[20_000_000]), "would grow");
  }

  /** Nothing is unpacked, so that a name can lead nowhere. */
  @Test
  void aNameThatLeadsOutOfTheFolder() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    byte[] config = Files.readAllBytes(Fixtures.json("sequential.keras", inner));
    Files.delete(inner.resolve("model.json"));
    Path zip = zip("../config.json", config, "../model.weights.h5", new byte[10]);
    Path moved = Files.move(zip, inner.resolve("m.keras"));
    mustFail(moved, "lacks 'config.json'", "../config.json");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void groupsThatAreNotThere() throws IOException {
    Path json = Fixtures.json("sequential.keras", folder);
    Path empty = folder.resolve("empty.h5");
    HdfFile.write(empty).close();
    weightsMustFail(
        json,
        empty,
        "has 4 layers with weights, [conv2d, conv2d_1, dense, dense_1], the file 0, []");
    Path bare = folder.resolve("bare.h5");
    try (WritableHdfFile file = HdfFile.write(bare)) {
      file.putGroup("layers").putGroup("dense");
    }
    weightsMustFail(json, bare, "no group 'conv2d' in '/layers/', only [dense]");
    Path scalar = folder.resolve("scalar.h5");
    try (WritableHdfFile file = HdfFile.write(scalar)) {
      var vars = file.putGroup("layers").putGroup("conv2d").putGroup("vars");
      vars.putDataset("0", 3f);
      vars.putDataset("1", 3f);
    }
    weightsMustFail(json, scalar, "'conv2d/kernel' wants [3, 3, 1, 3]", "the shape []");
    Path doubles = folder.resolve("doubles.h5");
    try (WritableHdfFile file = HdfFile.write(doubles)) {
      var vars = file.putGroup("layers").putGroup("conv2d").putGroup("vars");
      vars.putDataset("0", new double[3][3][1][3]);
      vars.putDataset("1", 3f);
    }
    weightsMustFail(json, doubles, "'/layers/conv2d/vars/0' is double, not float32");
  }

  /** Another file on this machine is none of the model's business. */
  @Test
  void aLinkToAnotherFile() throws IOException {
    Path json = Fixtures.json("sequential.keras", folder);
    weightsMustFail(json, Fixtures.file("link.weights.h5"), "'conv2d' is a link");
  }

  private static void weightsMustFail(Path json, Path weights, String... words) {
    String message =
        assertThrows(
                IOException.class,
                () -> Keras.read(json, weights, Losses.SPARSE_CATEGORICAL_CROSSENTROPY))
            .getMessage();
    assertTrue(message.contains(weights.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static io.convoy.data.IdxBytes.bytes;
import static io.convoy.data.IdxBytes.counting;
import static io.convoy.data.IdxBytes.gzip;
import static io.convoy.data.IdxBytes.idx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void writeDataset() throws IOException {
    IdxBytes.writeDataset(folder);
  }

  @Test
  void loadsBothSets() throws IOException {
    requireSound(IdxFolder.load(folder));
  }

  @Test
  void loadsPackedAndDottedNames() throws IOException {
    pack(TRAIN_IMAGES, TRAIN_IMAGES + ".gz");
    pack(TRAIN_LABELS, "train-labels.idx1-ubyte.gz");
    pack(TEST_IMAGES, "t10k-images.idx3-ubyte");
    requireSound(IdxFolder.load(folder));
  }

  @Test
  void loadsFromTheClassPath() throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.getParent().toUri().toURL()}, null)) {
      DataSource source = DataSource.classPath(loader, folder.getFileName().toString());
      DataSplits splits = IdxFolder.load("some name", source);
      assertEquals("some name", splits.name());
      requireSound(splits);
    }
  }

  @Test
  void saysHowToGetMnist() {
    DataException e = assertThrows(DataException.class, Mnist::load);
    assertTrue(e.getMessage().contains("Add the artifact io.convoy:convoy-mnist"), e.getMessage());
  }

  @Test
  void countsTheClassesOfTheTrainingLabels() throws IOException {
    write(TRAIN_LABELS, idx(new int[] {4}, bytes(0, 255, 1, 0)));
    assertEquals(256, IdxFolder.load(folder).train().classes());
    write(TRAIN_LABELS, idx(new int[] {4}, bytes(0, 0, 0, 0)));
    write(TEST_LABELS, idx(new int[] {2}, bytes(0, 1)));
    assertEquals(2, IdxFolder.load(folder).train().classes());
  }

  @Test
  void readsTestPixelsWhenTheyAreAskedFor() throws IOException {
    byte[] sound = Files.readAllBytes(folder.resolve(TEST_IMAGES));
    write(TEST_IMAGES, Arrays.copyOf(sound, sound.length - 1));
    DataSplits splits = IdxFolder.load(folder);
    DataException e = assertThrows(DataException.class, splits::test);
    assertTrue(e.getMessage().contains("says 12 elements, there are 11"), e.getMessage());
    write(TEST_IMAGES, sound);
    assertSame(splits.test(), splits.test());
  }

  @Test
  void namesAllMissingFiles() throws IOException {
    Files.delete(folder.resolve(TRAIN_LABELS));
    Files.delete(folder.resolve(TEST_IMAGES));
    Files.createDirectory(folder.resolve(TEST_IMAGES));
    refuses("folder '" + folder + "' lacks " + TRAIN_LABELS + ", " + TEST_IMAGES + " (raw");
  }

  @Test
  void refusesWhatIsNoFolder() {
    DataException none =
        assertThrows(DataException.class, () -> IdxFolder.load(folder.resolve("none")));
    assertTrue(none.getMessage().contains("there is no folder"), none.getMessage());
    DataException file =
        assertThrows(DataException.class, () -> IdxFolder.load(folder.resolve(TEST_LABELS)));
    assertTrue(file.getMessage().contains("is a file"), file.getMessage());
  }

  @Test
  void refusesCountsThatDiffer() throws IOException {
    write(TRAIN_LABELS, idx(new int[] {3}, bytes(0, 2, 1)));
    refuses(TRAIN_IMAGES + "' has 4 images, but file '" + folder.resolve(TRAIN_LABELS));
    refuses("has 3 labels");
    IdxBytes.writeDataset(folder);
    write(TEST_LABELS, idx(new int[] {3}, bytes(0, 2, 1)));
    refuses(TEST_IMAGES + "' has 2 images");
  }

  @Test
  void refusesTestLabelsBeyondTheClasses() throws IOException {
    write(TEST_LABELS, idx(new int[] {2}, bytes(2, 3)));
    refuses(TEST_LABELS + "': label 3 of instance 1 is beyond the 3 classes (0 to 2)");
  }

  @Test
  void refusesTestImagesOfAnotherSize() throws IOException {
    write(TEST_IMAGES, idx(new int[] {2, 3, 2}, counting(12)));
    refuses("has images of 2 x 3 pixels, but file '" + folder.resolve(TEST_IMAGES) + "' of 3 x 2");
  }

  @Test
  void refusesFilesThatAreMixedUp() throws IOException {
    write(TRAIN_IMAGES, Files.readAllBytes(folder.resolve(TRAIN_LABELS)));
    refuses("has 1 dimensions, not 3");
  }

  private void refuses(String expected) {
    DataException e = assertThrows(DataException.class, () -> IdxFolder.load(folder));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  private static void requireSound(DataSplits splits) throws IOException {
    assertEquals(Shape.of(2, 3, 1), splits.train().instanceShape());
    assertEquals(Shape.of(2, 3, 1), splits.test().instanceShape());
    assertEquals(4, splits.train().size());
    assertEquals(2, splits.test().size());
    assertEquals(3, splits.train().classes());
    assertEquals(3, splits.test().classes());
    assertArrayEquals(new int[] {0, 2, 1, 0}, labels(splits.train()));
    assertArrayEquals(new int[] {2, 1}, labels(splits.test()));
    FloatBuffer last = FloatBuffer.allocate(6);
    splits.train().copy(3, 0, last, IntBuffer.allocate(1));
    assertArrayEquals(
        new float[] {18 / 255f, 19 / 255f, 20 / 255f, 21 / 255f, 22 / 255f, 23 / 255f},
        last.array());
  }

  private static int[] labels(Dataset data) {
    IntBuffer labels = IntBuffer.allocate(data.size());
    FloatBuffer features = FloatBuffer.allocate(6 * data.size());
    for (int i = 0; i < data.size(); i++) {
      data.copy(i, i, features, labels);
    }
    return labels.array();
  }

  private void pack(String from, String to) throws IOException {
    byte[] raw = Files.readAllBytes(folder.resolve(from));
    Files.delete(folder.resolve(from));
    write(to, gzip(raw));
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }
}

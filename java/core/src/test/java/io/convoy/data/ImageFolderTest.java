// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final Shape PIXEL = Shape.of(1, 1, 1);

  @TempDir Path folder;

  @Test
  void foldersAreClassesAndTestHasItsOwn() throws IOException {
    image("train/dog/b.png", 10);
    image("train/dog/a.png", 20);
    image("train/cat/z.png", 30);
    image("test/dog/x.png", 40);
    Files.writeString(folder.resolve("train/LICENSE"), "free");
    Files.writeString(folder.resolve("train/dog/.hidden"), "passed over");
    DataSplits splits = ImageFolder.of(folder, PIXEL).load();
    assertEquals(folder.toString(), splits.name());
    assertEquals(List.of("cat", "dog"), splits.classNames());
    assertEquals(PIXEL, splits.train().instanceShape());
    assertArrayEquals(new int[] {1, 2}, splits.train().classCounts());
    assertArrayEquals(new int[] {0, 1}, splits.test().classCounts());
    assertEquals(List.of(10, 20, 30), pixels(splits.train()));
    assertEquals(List.of(40), pixels(splits.test()));
    assertTrue(splits.train().packed().isPresent());
    for (int i = 0; i < 3; i++) {
      assertEquals(pixel(splits.train(), i) == 30 ? 0 : 1, splits.train().label(i));
    }
  }

  @Test
  void oneFolderOfClassesIsSplitByClass() throws IOException {
    writeClasses("", 20);
    DataSplits splits = ImageFolder.of(folder, PIXEL).testSplit(0.25).load();
    assertArrayEquals(new int[] {15, 15, 15}, splits.train().classCounts());
    assertArrayEquals(new int[] {5, 5, 5}, splits.test().classCounts());
    List<Integer> all = new ArrayList<>(pixels(splits.train()));
    all.addAll(pixels(splits.test()));
    assertEquals(60, new TreeSet<>(all).size());
    Splits validation = Splits.validation(splits.train(), 1 / 3.0);
    assertArrayEquals(new int[] {5, 5, 5}, validation.validation().classCounts());
  }

  @Test
  void trainAloneIsSplit() throws IOException {
    writeClasses("train/", 10);
    DataSplits splits = ImageFolder.of(folder, PIXEL).load();
    assertEquals(27, splits.train().size());
    assertArrayEquals(new int[] {1, 1, 1}, splits.test().classCounts());
  }

  @Test
  void theSeedChoosesTheSplit() throws IOException {
    writeClasses("", 20);
    ImageFolder images = ImageFolder.of(folder, PIXEL);
    assertEquals(pixels(images.load().test()), pixels(images.load().test()));
    assertNotEquals(pixels(images.load().test()), pixels(images.seed(1).load().test()));
  }

  @Test
  void imagesAreColouredAndScaled() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 8).forEach(i -> image.setRGB(i % 4, i / 4, i % 4 < 2 ? 0xFF8000 : 0x0000FF));
    write(image, "a/1.png");
    write(image, "b/2.jpeg");
    write(image, "b/3.JPG");
    DataSplits splits = ImageFolder.of(folder, Shape.of(1, 2, 3)).load();
    Dataset png = splits.train().label(0) == 0 ? splits.train() : splits.train().range(1, 2);
    float[] pixels = new float[6];
    png.copy(0, 0, FloatBuffer.wrap(pixels), IntBuffer.allocate(1));
    assertArrayEquals(new float[] {1, 128 / 255f, 0, 0, 0, 1}, pixels);
  }

  @Test
  void pixelsAreRoundedToTheNearestByte() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {10, 10, 10, 13});
    write(image, "a/1.png");
    write(image, "b/1.png");
    assertEquals(List.of(11), pixels(ImageFolder.of(folder, PIXEL).testSplit(0.5).load().train()));
  }

  @Test
  void tellsOfDecodingWhenThereIsSome() throws IOException {
    writeClasses("data/train/", 4);
    Path data = folder.resolve("data");
    List<String> said = new ArrayList<>();
    ImageFolder.of(data, PIXEL).load(said::add);
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.get(0).startsWith("decoding "), said.get(0));
    ImageFolder.of(data, PIXEL).load(said::add);
    assertEquals(1, said.size(), said.toString());
  }

  @Test
  void theCacheCanLieElsewhere() throws IOException {
    writeClasses("data/train/", 4);
    Path data = folder.resolve("data");
    ImageFolder.of(data, PIXEL).cache(folder.resolve("deep/cache")).load();
    Path kept = only(folder.resolve("deep/cache"), ".u8");
    assertEquals("data-train-1x1x1.u8", kept.getFileName().toString());
    assertArrayEquals(IdxBytes.counting(12), Files.readAllBytes(kept));
    assertFalse(Files.exists(data.resolve(".convoy")));
  }

  @Test
  void theCacheIsReadInsteadOfTheImages() throws IOException {
    writeClasses("", 4);
    List<Integer> decoded = pixels(ImageFolder.of(folder, PIXEL).load().train());
    Path image = folder.resolve("b/1.png");
    FileTime time = Files.getLastModifiedTime(image);
    byte[] sound = Files.readAllBytes(image);
    Files.write(image, new byte[sound.length]);
    Files.setLastModifiedTime(image, time);
    assertEquals(decoded, pixels(ImageFolder.of(folder, PIXEL).load().train()));
    assertThrows(
        DataException.class, () -> ImageFolder.of(folder, Shape.of(2, 2, 1)).load().train());
  }

  @Test
  void theCacheIsMappedIntoMemory() throws IOException {
    writeClasses("", 4);
    Path elsewhere = folder.resolve(".elsewhere");
    for (int time = 1; time <= 2; time++) { // decoded, and found
      Dataset data = ImageFolder.of(folder, PIXEL).cache(elsewhere).load().train();
      assertTrue(data.packed().orElseThrow().images().pixels().isDirect(), "time " + time);
    }
  }

  @Test
  void changesAreDecodedAnew() throws IOException {
    writeClasses("", 4);
    ImageFolder images = ImageFolder.of(folder, PIXEL);
    assertFalse(all(images).contains(250));
    image("c/more.png", 250);
    assertTrue(all(images).contains(250));
    image("c/more.png", 251);
    Files.setLastModifiedTime(folder.resolve("c/more.png"), FileTime.fromMillis(1));
    assertTrue(all(images).contains(251));
    Files.delete(folder.resolve("c/more.png"));
    assertFalse(all(images).contains(251));
  }

  @Test
  void aDamagedCacheIsNotUsed() throws IOException {
    writeClasses("", 4);
    ImageFolder images = ImageFolder.of(folder, PIXEL);
    List<Integer> decoded = all(images);
    Path bytes = only(folder.resolve(".convoy"), ".u8");
    Path header = only(folder.resolve(".convoy"), ".json");
    byte[] sound = Files.readAllBytes(bytes);
    byte[] flipped = sound.clone();
    flipped[3] ^= 1;
    for (byte[] damaged : new byte[][] {flipped, Arrays.copyOf(sound, 3), new byte[0]}) {
      Files.write(bytes, damaged);
      assertEquals(decoded, all(images));
      assertArrayEquals(sound, Files.readAllBytes(bytes));
    }
    Files.writeString(header, "{");
    assertEquals(decoded, all(images));
    Files.delete(header);
    assertEquals(decoded, all(images));
    assertTrue(Files.readString(header).contains("\"name\": \"a/0.png\""));
  }

  @Test
  void unreadableImagesAreNamed() throws IOException {
    writeClasses("", 4);
    Path cut = folder.resolve("b/2.png");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 40));
    refuses("image '" + cut + "' can't be read");
    Files.writeString(cut, "text");
    refuses("'" + cut + "' is no PNG or JPEG image");
  }

  @Test
  void foldersOfAnotherFormAreRefused() throws IOException {
    refuses("a folder with images for each class, two or more; there are 0 in");
    image("a/1.png", 1);
    refuses("two or more; there are 1 in");
    Files.createDirectory(folder.resolve("b"));
    refuses("folder '" + folder.resolve("b") + "' is empty");
    Path text = Files.writeString(folder.resolve("b/notes.txt"), "");
    refuses("'" + text + "' is no .png or .jpg file. Convert, move or hide it");
    Files.delete(text);
    Path inner = Files.createDirectory(folder.resolve("b/inner.png"));
    refuses("'" + inner + "' is no .png");
    Files.delete(inner);
    image("b/1.png", 1);
    DataException e =
        assertThrows(
            DataException.class, () -> ImageFolder.of(folder, PIXEL).testSplit(0.9).load());
    assertTrue(e.getMessage().contains("leaves 0 of 2 instances for training"), e.getMessage());
  }

  @Test
  void testFoldersMustHaveTheClassesOfTraining() throws IOException {
    writeClasses("train/", 2);
    image("test/d/1.png", 1);
    refuses("test/d' has the name of none of the classes for training (a, b, c)");
    Files.delete(folder.resolve("test/d/1.png"));
    Files.delete(folder.resolve("test/d"));
    refuses("test' has no images");
  }

  @Test
  void missingFoldersShapesAndSharesAreRefused() throws IOException {
    ImageFolder none = ImageFolder.of(folder.resolve("none"), PIXEL);
    assertTrue(
        assertThrows(DataException.class, none::load).getMessage().contains("there is no folder"));
    Shape two = Shape.of(2, 2, 2);
    assertThrows(IllegalArgumentException.class, () -> ImageFolder.of(folder, two));
    for (double share : new double[] {0, 1, -1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> none.testSplit(share));
    }
    writeClasses("", 4);
    Shape huge = Shape.of(20_000, 20_000, 1);
    DataException e = assertThrows(DataException.class, () -> ImageFolder.of(folder, huge).load());
    assertTrue(e.getMessage().contains("the 12 images in"), e.getMessage());
    assertTrue(e.getMessage().contains("would take 4800000000 bytes"), e.getMessage());
  }

  @Test
  void imageFoldersAreKnownByTheirImages() throws IOException {
    assertFalse(ImageFolder.isOne(folder));
    assertFalse(ImageFolder.isOne(folder.resolve("none")));
    IdxBytes.writeDataset(Files.createDirectory(folder.resolve("idx")));
    assertFalse(ImageFolder.isOne(folder));
    image("train/1.png", 1);
    assertTrue(ImageFolder.isOne(folder), "a class of trains");
    Files.delete(folder.resolve("train/1.png"));
    assertFalse(ImageFolder.isOne(folder));
    image("train/dog/1.png", 1);
    assertTrue(ImageFolder.isOne(folder));
    assertFalse(ImageFolder.of(folder, PIXEL).hasTest());
    image("test/dog/1.png", 1);
    assertTrue(ImageFolder.of(folder, PIXEL).hasTest());
  }

  private void refuses(String expected) {
    DataException e = assertThrows(DataException.class, () -> ImageFolder.of(folder, PIXEL).load());
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  /** Writes images of three classes, whose greys are all different. */
  private void writeClasses(String below, int each) throws IOException {
    for (int i = 0; i < 3 * each; i++) {
      image(below + (char) ('a' + i / each) + "/" + i % each + ".png", i);
    }
  }

  private void image(String name, int grey) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, 2, 2, 0, new int[] {grey, grey, grey, grey});
    write(image, name);
  }

  private void write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, name.endsWith("png") ? "png" : "jpg", file.toFile()));
  }

  private static Path only(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(end)).toList();
      assertEquals(1, found.size());
      return found.get(0);
    }
  }

  private static List<Integer> all(ImageFolder images) throws IOException {
    List<Integer> all = new ArrayList<>(pixels(images.load().train()));
    all.addAll(pixels(images.load().test()));
    return all.stream().sorted().toList();
  }

  /** Returns the only pixel of every instance, as a byte, sorted. */
  private static List<Integer> pixels(Dataset data) {
    return IntStream.range(0, data.size()).mapToObj(i -> pixel(data, i)).sorted().toList();
  }

  private static int pixel(Dataset data, int index) {
    FloatBuffer features = FloatBuffer.allocate(1);
    data.copy(index, 0, features, IntBuffer.allocate(1));
    return Math.round(255 * features.get(0));
  }
}

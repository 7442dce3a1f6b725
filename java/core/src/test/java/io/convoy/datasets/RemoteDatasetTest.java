// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.data.DataException;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets as they are downloaded, in small. */
class RemoteDatasetTest {
  private static final String ARCHIVE10 = "cifar-10-binary.tar.gz";

  @TempDir Path temp;

  @Test
  void theyAreFoundByName() {
    assertEquals(
        List.of("fashion-mnist", "cifar10", "cifar100"),
        RemoteDataset.all().stream().map(RemoteDataset::name).toList());
    assertEquals(RemoteDataset.CIFAR10, RemoteDataset.byName("cifar10").orElseThrow());
    assertTrue(RemoteDataset.byName("mnist").isEmpty());
  }

  @Test
  void aDownloadedArchiveIsRead() throws IOException {
    Path archive =
        CifarBytes.pack(
            temp.resolve("home").resolve(ARCHIVE10), "cifar-10-batches-bin", CifarBytes.cifar10());
    String md5 = RemoteFile.md5(archive);
    try (LocalServer server = new LocalServer(Files.readAllBytes(archive))) {
      RemoteFile file = new RemoteFile(server.address() + ARCHIVE10, md5);
      RemoteDataset set = new RemoteDataset("cifar10", List.of(file), CifarFiles.CIFAR10::load);
      Path cache = temp.resolve("cache");
      checkCifar10(set.load(cache, line -> {}));
      assertTrue(Files.exists(cache.resolve("cifar10").resolve(ARCHIVE10)));
      checkCifar10(set.load(cache, line -> {}));
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void anOwnCopyIsReadPackedOrUnpacked() throws IOException {
    CifarBytes.pack(temp.resolve("packed").resolve(ARCHIVE10), "x", CifarBytes.cifar10());
    unpack(temp.resolve("flat"), CifarBytes.cifar10());
    unpack(temp.resolve("deep/cifar-10-batches-bin"), CifarBytes.cifar10());
    for (String folder : List.of("packed", "flat", "deep")) {
      checkCifar10(RemoteDataset.CIFAR10.read(temp.resolve(folder)));
    }
  }

  private static void unpack(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static void checkCifar10(DataSplits splits) throws IOException {
    assertEquals("cifar10", splits.name());
    assertEquals(List.of("cat", "dog", "big bird"), splits.classNames());
    assertEquals(Shape.of(32, 32, 3), splits.train().instanceShape());
    assertEquals(5, splits.train().size());
    assertEquals(2, splits.test().size());
    for (int i = 0; i < 5; i++) {
      assertEquals(i % 3, splits.train().label(i));
      assertPixels(i, splits.train(), i);
    }
    assertEquals(2, splits.test().label(0));
    assertPixels(60, splits.test(), 1);
    assertEquals(splits.classNames(), splits.test().info().classNames());
  }

  /** Planes of red, green and blue have become pixels. */
  private static void assertPixels(int seed, Dataset data, int index) {
    float[] pixels = new float[3072];
    data.copy(index, 0, FloatBuffer.wrap(pixels), IntBuffer.allocate(1));
    for (int i = 0; i < 3072; i++) {
      int place = i / 3;
      int expected = i % 3 * 80 + seed + place % 64 & 0xFF;
      assertEquals(expected / 255f, pixels[i], "value " + i);
    }
  }

  @Test
  void ofTwoLabelsTheFineOneCounts() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("fine_label_names.txt", "apple\nbear\n".getBytes(StandardCharsets.UTF_8));
    files.put("train.bin", CifarBytes.join(CifarBytes.record(1, 9, 1), CifarBytes.record(2, 8, 0)));
    files.put("test.bin", CifarBytes.record(3, 7, 1));
    CifarBytes.pack(temp.resolve("cifar-100-binary.tar.gz"), "cifar-100-binary", files);
    DataSplits splits = RemoteDataset.CIFAR100.read(temp);
    assertArrayEquals(new int[] {1, 1}, splits.train().classCounts());
    assertEquals(1, splits.train().label(0));
    assertPixels(2, splits.train(), 1);
    assertArrayEquals(new int[] {0, 1}, splits.test().classCounts());
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    refuses(temp.resolve("none"), "there is no folder");
    refuses(temp, "lacks data_batch_1.bin, data_batch_2.bin", "must hold " + ARCHIVE10);
    Map<String, byte[]> files = CifarBytes.cifar10();
    files.remove("data_batch_3.bin");
    CifarBytes.pack(temp.resolve(ARCHIVE10), "cifar-10-batches-bin", files);
    refuses(temp, "lacks data_batch_3.bin");
  }

  @Test
  void damagedRecordsAreNamed() throws IOException {
    Map<String, byte[]> files = CifarBytes.cifar10();
    files.put("data_batch_2.bin", CifarBytes.record(1, 3));
    unpack(temp, files);
    refuses(temp, "data_batch_2.bin: record 0 has label 3; batches.meta.txt names 3 classes");
    for (int bytes : new int[] {0, 3072, 3074}) {
      Files.write(temp.resolve("data_batch_2.bin"), new byte[bytes]);
      refuses(temp, "data_batch_2.bin of folder", bytes + " bytes are no records of 3073");
    }
  }

  @Test
  void damagedArchivesAreNamed() throws IOException {
    Path archive =
        CifarBytes.pack(temp.resolve(ARCHIVE10), "cifar-10-batches-bin", CifarBytes.cifar10());
    byte[] sound = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(sound, sound.length - 100));
    refuses(temp, "file '" + archive + "' is damaged: it is cut off. Remove it");
    byte[] flipped = sound.clone();
    flipped[sound.length - 6] ^= 1; // gzip's checksum
    Files.write(archive, flipped);
    refuses(temp, "is damaged: ");
    Files.writeString(archive, "<html>");
    refuses(temp, "is damaged: ");
  }

  @Test
  void damagedTarHeadersAreNamed() throws IOException {
    byte[] header = CifarBytes.header("x/train.bin", 0, '0');
    header[1] ^= 1;
    Path archive = temp.resolve(ARCHIVE10);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      out.write(header);
    }
    refuses(temp, "the checksum of a tar header differs");
    byte[] huge = CifarBytes.header("x/data_batch_1.bin", Integer.MAX_VALUE, '0');
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      out.write(huge);
    }
    refuses(temp, "it is cut off");
  }

  @Test
  void fashionHasItsNames() throws IOException {
    byte[] labels = {9, 0, 3};
    for (String set : List.of("train", "t10k")) {
      byte[] images =
          CifarBytes.join(new byte[] {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1}, labels);
      Files.write(temp.resolve(set + "-images-idx3-ubyte"), images);
      byte[] file = CifarBytes.join(new byte[] {0, 0, 8, 1, 0, 0, 0, 3}, labels);
      Files.write(temp.resolve(set + "-labels-idx1-ubyte"), file);
    }
    DataSplits splits = RemoteDataset.FASHION_MNIST.read(temp);
    assertEquals("Ankle boot", splits.classNames().get(splits.train().label(0)));
    assertEquals("T-shirt/top", splits.classNames().get(splits.test().label(1)));
    Files.write(
        temp.resolve("train-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 1});
    Files.write(
        temp.resolve("t10k-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 1, 0, 1});
    DataException e =
        assertThrows(DataException.class, () -> RemoteDataset.FASHION_MNIST.read(temp));
    assertTrue(
        e.getMessage().contains("labels of 2 classes; Fashion-MNIST has 10"), e.getMessage());
  }

  private void refuses(Path folder, String... texts) {
    DataException e = assertThrows(DataException.class, () -> RemoteDataset.CIFAR10.read(folder));
    for (String text : texts) {
      assertTrue(e.getMessage().contains(text), () -> "no '" + text + "' in: " + e.getMessage());
    }
  }
}

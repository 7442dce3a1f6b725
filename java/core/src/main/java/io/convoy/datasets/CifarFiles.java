// SPDX-License-Identifier: Apache-2.0
package io.convoy.datasets;

import io.convoy.data.DataException;
import io.convoy.data.DataSplits;
import io.convoy.data.Dataset;
import io.convoy.data.ImageDataset;
import io.convoy.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The binary versions of CIFAR (Krizhevsky 2009; the format is told on his page of the datasets):
 * records of labels, a byte each, and 3072 bytes of an image of 32 x 32 pixels, all of red before
 * all of green before all of blue, each row by row.
 *
 * @param archive the packed files' name, and {@code folder} the one in it
 * @param train names of the files with training records, and {@code test} of that for the test
 * @param names of the text file with a class name a line
 * @param labels how many each record has; the last counts
 */
record CifarFiles(
    String archive, String folder, List<String> train, String test, String names, int labels) {
  static final CifarFiles CIFAR10 =
      new CifarFiles(
          "cifar-10-binary.tar.gz",
          "cifar-10-batches-bin",
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          "test_batch.bin",
          "batches.meta.txt",
          1);

  static final CifarFiles CIFAR100 =
      new CifarFiles(
          "cifar-100-binary.tar.gz",
          "cifar-100-binary",
          List.of("train.bin"),
          "test.bin",
          "fine_label_names.txt",
          2); // coarse, fine

  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int PLANE = SIDE * SIDE;

  /** Reads the training set and the names, of the archive or of the unpacked files. */
  DataSplits load(String name, Path place) throws DataException {
    List<String> wanted = new ArrayList<>(train);
    wanted.add(names);
    Map<String, byte[]> files = read(place, wanted);
    List<String> classes =
        new String(files.get(names), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    return new DataSplits(
        name,
        dataset(place, files, train, classes.size()),
        () -> dataset(place, read(place, List.of(test)), List.of(test), classes.size()),
        classes);
  }

  private Map<String, byte[]> read(Path place, List<String> wanted) throws DataException {
    Path packed = place.resolve(archive);
    Map<String, byte[]> files =
        Files.isRegularFile(packed)
            ? TarGz.read(packed, Set.copyOf(wanted))
            : readUnpacked(place, wanted);
    List<String> missing = wanted.stream().filter(file -> !files.containsKey(file)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          String.format(
              "folder '%s' lacks %s. It must hold %s, or what is in it, in the folder %s or not",
              place, String.join(", ", missing), archive, folder));
    }
    return files;
  }

  private Map<String, byte[]> readUnpacked(Path place, List<String> wanted) throws DataException {
    Path inner = place.resolve(folder);
    Path unpacked = Files.isDirectory(inner) ? inner : place;
    Map<String, byte[]> files = new HashMap<>();
    for (String file : wanted) {
      Path path = unpacked.resolve(file);
      try {
        if (Files.isRegularFile(path)) {
          files.put(file, Files.readAllBytes(path));
        }
      } catch (IOException e) {
        throw new DataException("file '" + path + "' can't be read: " + e.getMessage(), e);
      }
    }
    return files;
  }

  private Dataset dataset(Path place, Map<String, byte[]> files, List<String> parts, int classes)
      throws DataException {
    int record = labels + CHANNELS * PLANE;
    int count = 0;
    for (String part : parts) {
      int bytes = files.get(part).length;
      if (bytes == 0 || bytes % record != 0) {
        throw new DataException(
            String.format(
                "%s of folder '%s' is damaged: %d bytes are no records of %d. Get it again",
                part, place, bytes, record));
      }
      count += bytes / record;
    }
    byte[] pixels = new byte[count * CHANNELS * PLANE]; // [count, 32, 32, 3]
    int[] fine = new int[count];
    int at = 0;
    for (String part : parts) {
      byte[] bytes = files.get(part);
      for (int from = 0; from < bytes.length; from += record) {
        fine[at] = label(bytes[from + labels - 1] & 0xFF, classes, part, from / record);
        interleave(bytes, from + labels, pixels, at * CHANNELS * PLANE);
        at++;
      }
    }
    return new ImageDataset(Shape.of(SIDE, SIDE, CHANNELS), classes, pixels, fine);
  }

  private int label(int label, int classes, String part, int record) throws DataException {
    if (label >= classes) {
      throw new DataException(
          String.format(
              "%s: record %d has label %d; %s names %d classes. Do the files belong together?",
              part, record, label, names, classes));
    }
    return label;
  }

  /** Brings planes [3, 32, 32] to pixels [32, 32, 3]. */
  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    for (int c = 0; c < CHANNELS; c++) {
      for (int i = 0; i < PLANE; i++) {
        pixels[to + i * CHANNELS + c] = planes[from + c * PLANE + i];
      }
    }
  }
}

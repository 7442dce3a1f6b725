// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads a dataset of MNIST's kind: four IDX files with grey images {@code [count, height, width]}
 * and labels {@code [count]}, named train-images-idx3-ubyte, train-labels-idx1-ubyte,
 * t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte; a dot instead of the dash before {@code idx},
 * {@code test} instead of t10k, and {@code .gz} behind, may be there.
 */
public final class IdxFolder {
  private static final List<String> TRAIN = List.of("train");
  private static final List<String> TEST = List.of("t10k", "test");
  private static final int IMAGES = 3;
  private static final int LABELS = 1;

  private IdxFolder() {}

  /**
   * Loads a folder.
   *
   * @param folder holds the four files
   * @return the sets, named as the folder
   * @throws DataException if the folder or a file is missing, damaged, or doesn't fit the others
   */
  public static DataSplits load(Path folder) throws DataException {
    return load(folder.toAbsolutePath().normalize().toString(), DataSource.folder(folder));
  }

  /**
   * Loads the training set, and checks of the test set all but the pixels, which are read when they
   * are asked for. There are as many classes as the training labels have: the greatest and 1 more,
   * at least 2.
   *
   * @param name what the dataset is called
   * @param source holds the four files
   * @return the sets, instances {@code [height, width, 1]}
   * @throws DataException if a file is missing, damaged, or doesn't fit the others
   */
  public static DataSplits load(String name, DataSource source) throws DataException {
    List<String> missing = new ArrayList<>();
    IdxReader trainImages = find(source, TRAIN, "images", IMAGES, missing);
    IdxReader trainLabels = find(source, TRAIN, "labels", LABELS, missing);
    IdxReader testImages = find(source, TEST, "images", IMAGES, missing);
    IdxReader testLabels = find(source, TEST, "labels", LABELS, missing);
    if (!missing.isEmpty()) {
      throw new DataException(
          source.describe("")
              + " lacks "
              + String.join(", ", missing)
              + " (raw, or packed as .gz). Name a place that holds all four files");
    }
    Pair train = pair(trainImages, trainLabels);
    Pair test = pair(testImages, testLabels);
    int classes = Instances.countClasses(train.labels);
    requireSameSize(train, test);
    test.requireClasses(classes);
    return new DataSplits(name, train.dataset(classes), () -> test.dataset(classes));
  }

  /** Images that are not yet read, and their labels. */
  private record Pair(IdxReader images, Shape shape, IdxReader labelFile, int[] labels) {
    Dataset dataset(int classes) throws DataException {
      Shape instance = Shape.of(shape.dim(1), shape.dim(2), 1);
      return new ImageDataset(instance, classes, images.read(), labels);
    }

    void requireClasses(int classes) throws DataException {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] >= classes) {
          throw new DataException(
              String.format(
                  "%s: label %d of instance %d is beyond the %d classes (0 to %d) of the training"
                      + " labels. Do the files belong together?",
                  labelFile, labels[i], i, classes, classes - 1));
        }
      }
    }
  }

  private static Pair pair(IdxReader images, IdxReader labelFile) throws DataException {
    Shape shape = images.shape();
    byte[] bytes = labelFile.read();
    if (shape.dim(0) != bytes.length) {
      throw new DataException(
          String.format(
              "%s has %d images, but %s has %d labels. Do the files belong together?",
              images, shape.dim(0), labelFile, bytes.length));
    }
    int[] labels = new int[bytes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[i] & 0xFF;
    }
    return new Pair(images, shape, labelFile, labels);
  }

  private static void requireSameSize(Pair train, Pair test) throws DataException {
    if (!train.shape.withBatch(1).equals(test.shape.withBatch(1))) {
      throw new DataException(
          String.format(
              "%s has images of %d x %d pixels, but %s of %d x %d. Do the files belong together?",
              train.images,
              train.shape.dim(1),
              train.shape.dim(2),
              test.images,
              test.shape.dim(1),
              test.shape.dim(2)));
    }
  }

  /** Finds a file by its names, of which the first is the usual one. */
  private static IdxReader find(
      DataSource source, List<String> sets, String what, int rank, List<String> missing) {
    String end = "idx" + rank + "-ubyte";
    List<String> names =
        sets.stream()
            .flatMap(set -> Stream.of("-", ".").map(dash -> set + "-" + what + dash + end))
            .flatMap(file -> Stream.of(file, file + ".gz"))
            .toList();
    for (String file : names) {
      if (source.has(file)) {
        return new IdxReader(source, file, rank);
      }
    }
    String usual = names.get(0);
    missing.add(usual);
    return new IdxReader(source, usual, rank);
  }
}

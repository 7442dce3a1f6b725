// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A dataset of PNG and JPEG files, in a folder for each class: {@code train/<class>/*.png} and
 * {@code test/<class>/*.png}; or {@code <class>/*.png}, or {@code train} alone, of which a part
 * becomes the test set. The classes are the names of the folders, sorted; what begins with a dot is
 * passed over, and beside the folders of classes there may be other files.
 *
 * <p>Instances come in a random order in which every stretch has about the same shares of the
 * classes. The last part, which {@code validationSplit} holds back, is thus stratified, as is the
 * test set where it is a part.
 *
 * <p>Decoded images are kept in a cache, as bytes that are mapped into memory, and used until a
 * file is added, removed or changed, by its size or time. Two programs should not fill one cache at
 * the same time.
 *
 * @param folder the folder
 * @param instanceShape {@code [height, width, 1]} for grey or {@code [height, width, 3]} for
 *     coloured images; {@link Images#read} says how images are brought to it
 * @param testSplit share of the images that is the test set if there is no folder {@code test}
 * @param seed chooses the order, and so which images are the test set
 * @param cache the folder for the cache; empty for {@code .convoy} in the folder itself, or, if
 *     that can't be written to, for none
 */
public record ImageFolder(
    Path folder, Shape instanceShape, double testSplit, long seed, Optional<Path> cache) {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final String OWN_CACHE = ".convoy";
  private static final double TENTH = 0.1;

  /**
   * Checks shape and share.
   *
   * @param folder the component
   * @param instanceShape the component
   * @param testSplit the component
   * @param seed the component
   * @param cache the component
   * @throws IllegalArgumentException if the shape is no image's, or the share not between 0 and 1
   */
  public ImageFolder {
    Images.requireImage(instanceShape);
    if (!(testSplit > 0 && testSplit < 1)) {
      throw new IllegalArgumentException(
          "the test split must be above 0 and below 1, is " + testSplit);
    }
  }

  /**
   * Names a folder, without reading it. The test set is {@code test} or a tenth, the seed is 0, the
   * cache is in the folder.
   *
   * @param folder the folder
   * @param instanceShape {@code [height, width, channels]} with 1 or 3 channels
   * @return the dataset, to be loaded
   * @throws IllegalArgumentException if the shape is another
   */
  public static ImageFolder of(Path folder, Shape instanceShape) {
    return new ImageFolder(folder, instanceShape, TENTH, 0, Optional.empty());
  }

  /**
   * Changes the share of the test set.
   *
   * @param changed above 0 and below 1
   * @return the changed dataset
   * @throws IllegalArgumentException if it is outside
   */
  public ImageFolder testSplit(double changed) {
    return new ImageFolder(folder, instanceShape, changed, seed, cache);
  }

  /**
   * Changes the seed.
   *
   * @param changed any number
   * @return the changed dataset
   */
  public ImageFolder seed(long changed) {
    return new ImageFolder(folder, instanceShape, testSplit, changed, cache);
  }

  /**
   * Changes where decoded images are kept.
   *
   * @param changed a folder, made if it isn't there
   * @return the changed dataset
   */
  public ImageFolder cache(Path changed) {
    return new ImageFolder(folder, instanceShape, testSplit, seed, Optional.of(changed));
  }

  /**
   * Tells whether a folder looks like a dataset of images.
   *
   * @param folder the folder
   * @return true if an image is in one of its folders, or in a folder of its folder {@code train}
   * @throws IOException if it can't be read
   */
  public static boolean isOne(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    for (Path inner : ImageFiles.folders(trainRoot(folder))) {
      if (ImageFiles.visible(inner).stream().anyMatch(ImageFiles::isImage)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether there is a folder {@code test}, so that no part of the images becomes the test
   * set.
   *
   * @return true if there is one beside {@code train}
   * @throws IOException if the folder can't be read
   */
  public boolean hasTest() throws IOException {
    return !trainRoot(folder).equals(folder) && Files.isDirectory(folder.resolve(TEST));
  }

  /** A folder that only has the name of the training set, as one of vehicles may, is a class. */
  private static Path trainRoot(Path folder) throws IOException {
    Path train = folder.resolve(TRAIN);
    boolean holdsClasses = Files.isDirectory(train) && !ImageFiles.folders(train).isEmpty();
    return holdsClasses ? train : folder;
  }

  /**
   * Reads the training set, and lists the test set, which is decoded when it is asked for. A {@link
   * System.Logger} of this class's name is told when images are decoded.
   *
   * @return the sets, instances of bytes, with the names of the classes; named as the folder
   * @throws DataException if the folder has no such form, or an image can't be read
   * @throws IOException if a folder can't be read or the cache not be written
   */
  public DataSplits load() throws IOException {
    return load(line -> System.getLogger(ImageFolder.class.getName()).log(Level.INFO, line));
  }

  /**
   * Reads the training set, and lists the test set, which is decoded when it is asked for.
   *
   * @param log gets a line when images are decoded, which may take a minute
   * @return as of {@link #load()}
   * @throws IOException as of {@link #load()}
   */
  public DataSplits load(Consumer<String> log) throws IOException {
    DataSource.folder(folder); // it refuses what is none
    Path root = trainRoot(folder);
    ImageFiles files = ImageFiles.list(root);
    String name = folder.toAbsolutePath().normalize().toString();
    List<String> classes = files.classes();
    if (hasTest()) {
      ImageFiles test = ImageFiles.list(folder.resolve(TEST), classes);
      return new DataSplits(name, dataset(files, log), () -> dataset(test, log), classes);
    }
    Splits splits = split(dataset(files, log));
    return new DataSplits(name, splits.train(), splits::validation, classes);
  }

  private Splits split(Dataset all) throws DataException {
    try {
      return Splits.validation(all, testSplit);
    } catch (IllegalArgumentException e) {
      throw new DataException("folder '" + folder + "', test set: " + e.getMessage(), e);
    }
  }

  /** Decodes and orders: what is kept does not depend on the seed. */
  private Dataset dataset(ImageFiles files, Consumer<String> log) throws IOException {
    int classes = files.classes().size();
    Dataset decoded = new ImageDataset(instanceShape, classes, pixels(files, log), files.labels());
    return new DatasetSelection(decoded, Stratified.order(files.labels(), classes, seed));
  }

  private ByteBuffer pixels(ImageFiles files, Consumer<String> log) throws IOException {
    if (cache.isEmpty() && !Files.isWritable(folder)) {
      log.accept(decoding(files));
      return ByteBuffer.wrap(ImageDecoder.decode(files, instanceShape));
    }
    String set = files.root().equals(folder) ? "" : "-" + files.root().getFileName();
    String name =
        String.format(
            "%s%s-%dx%dx%d",
            folder.toAbsolutePath().normalize().getFileName(),
            set,
            instanceShape.dim(0),
            instanceShape.dim(1),
            instanceShape.dim(2));
    Path place = cache.orElse(folder.resolve(OWN_CACHE));
    return new ImageCache(place, name)
        .pixels(files, instanceShape, () -> log.accept(decoding(files)));
  }

  private static String decoding(ImageFiles files) {
    return "decoding " + files.labels().length + " images in " + files.root();
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads what {@code numpy.savez} and {@code numpy.savez_compressed} write: arrays by name. */
public final class Npz {
  private static final String END = ".npy";

  /** No deflated data unpack to more, as a multiple (zlib's technical details). */
  private static final long MAX_RATIO = 1032;

  private static final String X_TRAIN = "x_train";
  private static final String Y_TRAIN = "y_train";
  private static final String X_TEST = "x_test";
  private static final String Y_TEST = "y_test";

  private Npz() {}

  /**
   * Reads all arrays, as {@link Npy#read} does. Entries whose names don't end in {@code .npy} are
   * passed over.
   *
   * @param file the file
   * @return the arrays by name, without {@code .npy}, in the file's order
   * @throws DataException if there is no such file, or it or an array can't be read
   */
  public static Map<String, Tensor> read(Path file) throws DataException {
    return read(file, name -> true);
  }

  /**
   * Reads a training and a test set from the arrays {@code x_train}, {@code y_train}, {@code
   * x_test} and {@code y_test}, the names of Keras' files; other arrays may be there. What features
   * and labels can be says {@link Dataset#of}; the test set has the classes of the training set.
   *
   * @param file the file
   * @return the sets, named as the file
   * @throws DataException if there is no such file, an array is missing or can't be read, or arrays
   *     don't fit each other
   */
  public static DataSplits splits(Path file) throws DataException {
    List<String> wanted = List.of(X_TRAIN, Y_TRAIN, X_TEST, Y_TEST);
    Map<String, Tensor> arrays = read(file, wanted::contains);
    requireAll(file, wanted, arrays.keySet());
    try {
      Dataset train = Dataset.of(arrays.get(X_TRAIN), arrays.get(Y_TRAIN));
      Dataset test = Dataset.of(arrays.get(X_TEST), arrays.get(Y_TEST), train.classes());
      if (!train.instanceShape().equals(test.instanceShape())) {
        throw new IllegalArgumentException(
            String.format(
                "instances for training are %s, for the test %s",
                train.instanceShape(), test.instanceShape()));
      }
      return new DataSplits(file.toAbsolutePath().normalize().toString(), train, () -> test);
    } catch (IllegalArgumentException e) {
      throw new DataException("file '" + file + "': " + e.getMessage(), e);
    }
  }

  private static void requireAll(Path file, List<String> wanted, Collection<String> there)
      throws DataException {
    List<String> missing = wanted.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          String.format(
              "file '%s' lacks the arrays %s. Save it as"
                  + " numpy.savez(file, x_train=…, y_train=…, x_test=…, y_test=…)",
              file, String.join(", ", missing)));
    }
  }

  private static Map<String, Tensor> read(Path file, Predicate<String> wanted)
      throws DataException {
    if (!Files.isRegularFile(file)) {
      throw new DataException("there is no file '" + file + "'. Check the path");
    }
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = name(entry);
        if (entry.getName().endsWith(END) && wanted.test(name)) {
          arrays.put(name, read(file, zip, entry));
        }
      }
      return arrays;
    } catch (DataException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) { // the JDK lets both out
      throw new DataException(
          "file '" + file + "' can't be read as .npz: " + e.getMessage() + ". Save it again", e);
    }
  }

  private static String name(ZipEntry entry) {
    String name = entry.getName();
    return name.endsWith(END) ? name.substring(0, name.length() - END.length()) : name;
  }

  private static Tensor read(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    String place = "file '" + file + "', array '" + name(entry).replaceAll("\\p{Cntrl}", "?") + "'";
    long packed = Math.min(entry.getCompressedSize(), Files.size(file));
    if (entry.getSize() > MAX_RATIO * packed) {
      throw NpyHeader.damaged(place, entry.getSize() + " bytes can't be packed in " + packed);
    }
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      Tensor tensor = new NpyReader(place, in, entry.getSize()).read();
      if (in.getChecksum().getValue() != entry.getCrc()) { // ZipFile itself does not look
        throw NpyHeader.damaged(place, "its checksum (CRC-32) differs");
      }
      return tensor;
    }
  }
}

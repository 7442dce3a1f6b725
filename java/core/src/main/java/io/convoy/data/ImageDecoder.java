// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Decodes image files on all cores. */
final class ImageDecoder {
  /** Longest array that a JVM makes. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private ImageDecoder() {}

  /** Checks that images fit an array, and returns the bytes that they take. */
  static int bytes(ImageFiles files, Shape instance) throws DataException {
    long bytes = instance.elements() * files.files().size();
    if (bytes > MAX_BYTES) {
      throw new DataException(
          String.format(
              "the %d images in '%s' would take %d bytes as %s; %d can be held. Choose a smaller"
                  + " shape",
              files.files().size(), files.root(), bytes, instance, MAX_BYTES));
    }
    return (int) bytes;
  }

  /** Returns {@code [images, height, width, channels]}. */
  static byte[] decode(ImageFiles files, Shape instance) throws IOException {
    byte[] pixels = new byte[bytes(files, instance)];
    int each = (int) instance.elements();
    List<Path> all = files.files();
    try {
      IntStream.range(0, all.size())
          .parallel()
          .forEach(i -> decode(all.get(i), instance, pixels, i * each));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return pixels;
  }

  private static void decode(Path file, Shape instance, byte[] pixels, int at) {
    try {
      float[] values = Images.read(file, instance);
      for (int i = 0; i < values.length; i++) {
        pixels[at + i] = (byte) Math.round(255 * values[i]);
      }
    } catch (DataException e) {
      throw new UncheckedIOException(e);
    }
  }
}

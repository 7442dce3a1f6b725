// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Reads PNG and JPEG files as instances for a model. */
public final class Images {
  private static final Set<String> FORMATS = Set.of("png", "jpeg");

  /** A small hostile file can claim any size; decoded, an image takes up to 8 bytes a pixel. */
  private static final long MAX_PIXELS = 100_000_000;

  private Images() {}

  /**
   * Reads an image, from 0 for black to 1 for white. It is brought to the wanted size by area: a
   * pixel of the result is the mean of the part of the image that it covers. Grey for one channel
   * is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601); three channels are R, G, B, equal for a grey
   * image. Transparent parts lie on black.
   *
   * @param file the image, grey or colour, of any size and side ratio
   * @param instanceShape {@code [height, width, channels]} with 1 or 3 channels
   * @return {@code [height, width, channels]}
   * @throws DataException if the file is missing, damaged, or no PNG or JPEG image
   * @throws IllegalArgumentException if the shape is another
   */
  public static float[] read(Path file, Shape instanceShape) throws DataException {
    requireImage(instanceShape);
    if (!Files.isRegularFile(file)) {
      throw new DataException("there is no image file '" + file + "'. Check the path");
    }
    ImageRows rows = new ImageRows(decode(file), instanceShape.dim(2));
    return AreaScaler.scale(rows, instanceShape.dim(0), instanceShape.dim(1));
  }

  /**
   * Checks the shape of an instance.
   *
   * @throws IllegalArgumentException if it is not [height, width, channels] with 1 or 3 channels
   */
  static void requireImage(Shape instanceShape) {
    if (instanceShape.rank() != 3 || (instanceShape.dim(2) != 1 && instanceShape.dim(2) != 3)) {
      throw new IllegalArgumentException(
          "an image can't become an instance of shape "
              + instanceShape
              + ", only of [height, width, 1] or [height, width, 3]");
    }
  }

  private static BufferedImage decode(Path file) throws DataException {
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      ImageReader reader = reader(file, in);
      try {
        return decode(file, reader, in);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the JDK's decoders let both out
      throw new DataException(
          "image '" + file + "' can't be read: " + e.getMessage() + ". Save it again", e);
    }
  }

  private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new DataException("'" + file + "' is no PNG or JPEG image. Convert it to one of them");
  }

  private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    reader.setInput(in, true, true);
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new DataException(
          String.format(
              "image '%s' has %d x %d pixels; at most %d can be read. Scale it down",
              file, reader.getWidth(0), reader.getHeight(0), MAX_PIXELS));
    }
    BufferedImage image = reader.read(0);
    // A JPEG that is cut off is no error to its decoder: it warns and fills the rest with grey.
    if (!warnings.isEmpty()) {
      throw new DataException(
          "image '" + file + "' is damaged: " + warnings.get(0) + ". Save it again");
    }
    return image;
  }
}

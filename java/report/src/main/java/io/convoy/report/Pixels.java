// SPDX-License-Identifier: Apache-2.0
package io.convoy.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Numbers as pixels, pictures beside each other, and pictures as PNG. */
final class Pixels {
  private static final int GAP = 2;
  private static final int SPACE = 12;
  private static final int WHITE = 255;

  private Pixels() {}

  /** A number at a place. */
  @FunctionalInterface
  interface Source {
    float at(int y, int x, int channel);
  }

  /**
   * Draws numbers: {@code low} and less is black, {@code high} and more is white.
   *
   * @param channels 1 for grey, 3 for red, green and blue
   * @param least side of the picture at least; each number becomes a square of pixels
   */
  static BufferedImage of(
      int height, int width, int channels, Source source, float low, float high, int least) {
    int zoom = Math.max(1, (least + Math.max(height, width) - 1) / Math.max(height, width));
    BufferedImage image =
        new BufferedImage(width * zoom, height * zoom, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          float value = source.at(y / zoom, x / zoom, channels == 1 ? 0 : c);
          rgb = rgb << 8 | level(value, low, high);
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static int level(float value, float low, float high) {
    float share = high > low ? (value - low) / (high - low) : 0;
    return Math.round(WHITE * Math.max(0, Math.min(1, share)));
  }

  /** Puts pictures of one size in rows, with transparent gaps. */
  static BufferedImage grid(List<BufferedImage> tiles, int columns) {
    int width = tiles.get(0).getWidth() + GAP;
    int height = tiles.get(0).getHeight() + GAP;
    int across = Math.min(columns, tiles.size());
    int rows = (tiles.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(across * width - GAP, rows * height - GAP, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < tiles.size(); i++) {
      copy(tiles.get(i), sheet, i % columns * width, i / columns * height);
    }
    return sheet;
  }

  /** Puts pictures of any size below each other, with transparent gaps. */
  static BufferedImage column(List<BufferedImage> pictures) {
    int width = pictures.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = pictures.stream().mapToInt(p -> p.getHeight() + SPACE).sum() - SPACE;
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int y = 0;
    for (BufferedImage picture : pictures) {
      copy(picture, sheet, 0, y);
      y += picture.getHeight() + SPACE;
    }
    return sheet;
  }

  /** Not by a Graphics2D: where a display is named but not there, that fails. */
  private static void copy(BufferedImage from, BufferedImage to, int x, int y) {
    int width = from.getWidth();
    int height = from.getHeight();
    to.setRGB(x, y, width, height, from.getRGB(0, 0, width, height, null, 0, width), 0, width);
  }

  /**
   * In memory: ImageIO's cache of files wants a shutdown hook, which Ctrl-C may have come before.
   */
  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A picture as the address of itself. */
  static String address(BufferedImage image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
  }
}

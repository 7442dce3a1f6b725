// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;

/** The rows of a decoded image, as 1 or 3 channels from 0 to 1. */
final class ImageRows {
  private final BufferedImage image;
  private final int channels;
  private final boolean grey;
  private final boolean alpha;
  private final double greyest;
  private final int[] samples;
  private final int[] opacity;

  ImageRows(BufferedImage image, int channels) {
    ColorModel model = image.getColorModel();
    this.image = image;
    this.channels = channels;
    this.grey = model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    this.alpha = model.hasAlpha();
    this.greyest = (1L << model.getComponentSize(0)) - 1;
    this.samples = new int[image.getWidth()];
    this.opacity = new int[image.getWidth()];
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  int channels() {
    return channels;
  }

  /** Reads a row: {@code row} is {@code [width, channels]}. */
  void read(int y, double[] row) {
    if (grey) {
      readGrey(y, row);
    } else {
      readColour(y, row);
    }
  }

  /** Reads what is stored: getRGB would take it for linear light and brighten it. */
  private void readGrey(int y, double[] row) {
    image.getRaster().getSamples(0, y, width(), 1, 0, samples);
    if (alpha) {
      image.getRaster().getSamples(0, y, width(), 1, 1, opacity);
    }
    for (int x = 0; x < width(); x++) {
      double v = samples[x] / greyest * (alpha ? opacity[x] / greyest : 1);
      put(row, x, v, v, v);
    }
  }

  private void readColour(int y, double[] row) {
    image.getRGB(0, y, width(), 1, samples, 0, width());
    for (int x = 0; x < width(); x++) {
      int argb = samples[x];
      double scale = (argb >>> 24) / 255.0 / 255.0;
      put(row, x, (argb >> 16 & 255) * scale, (argb >> 8 & 255) * scale, (argb & 255) * scale);
    }
  }

  private void put(double[] row, int x, double r, double g, double b) {
    if (channels == 1) {
      row[x] = 0.299 * r + 0.587 * g + 0.114 * b;
    } else {
      row[3 * x] = r;
      row[3 * x + 1] = g;
      row[3 * x + 2] = b;
    }
  }
}

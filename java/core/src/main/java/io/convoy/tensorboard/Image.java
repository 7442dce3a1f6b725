// SPDX-License-Identifier: Apache-2.0
package io.convoy.tensorboard;

import io.convoy.files.ProtocolBuffer;
import io.convoy.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import javax.imageio.ImageIO;

/**
 * Makes {@code Summary.Image} (tensorflow/core/framework/summary.proto), which holds a PNG. Its
 * colour spaces are numbered by their channels: 1 is grey, 3 RGB, 4 RGB with alpha.
 */
final class Image {
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;
  private static final int COLORSPACE = 3;
  private static final int ENCODED_IMAGE_STRING = 4;

  private Image() {}

  /**
   * Checks that instances are images that can be shown.
   *
   * @throws IllegalArgumentException if they are not
   */
  static void check(Shape shape) {
    if (shape.rank() != 3 || type(shape.dim(2)) == BufferedImage.TYPE_CUSTOM) {
      throw new IllegalArgumentException(
          "instances "
              + shape
              + " can't be shown as images: those are [height, width, channels] with 1, 3, or 4"
              + " channels");
    }
  }

  /**
   * Encodes an image.
   *
   * @param pixels {@code [height, width, channels]}; 0 is black, 1 white; cut off outside
   * @param shape their shape, which {@link #check} accepts
   */
  static ProtocolBuffer of(FloatBuffer pixels, Shape shape) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(pixels, shape), "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ProtocolBuffer()
        .integer(HEIGHT, shape.dim(0))
        .integer(WIDTH, shape.dim(1))
        .integer(COLORSPACE, shape.dim(2))
        .bytes(ENCODED_IMAGE_STRING, png.toByteArray());
  }

  private static BufferedImage image(FloatBuffer pixels, Shape shape) {
    int width = shape.dim(1);
    int channels = shape.dim(2);
    BufferedImage image = new BufferedImage(width, shape.dim(0), type(channels));
    for (int i = 0; i < shape.elements(); i++) {
      int pixel = i / channels;
      int value = Math.round(255 * Math.max(0, Math.min(1, pixels.get(i))));
      image.getRaster().setSample(pixel % width, pixel / width, i % channels, value);
    }
    return image;
  }

  private static int type(int channels) {
    return switch (channels) {
      case 1 -> BufferedImage.TYPE_BYTE_GRAY;
      case 3 -> BufferedImage.TYPE_INT_RGB;
      case 4 -> BufferedImage.TYPE_INT_ARGB;
      default -> BufferedImage.TYPE_CUSTOM;
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package io.convoy.cli;

import io.convoy.model.Model;
import io.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Shapes {@code [height, width, channels]} of images. */
final class ImageShape {
  /** What the images of a folder are brought to if nothing is said. */
  static final String USUAL = "64,64,3";

  private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{0,3},[1-9]\\d{0,3},[13]");

  private ImageShape() {}

  /** Reads a shape such as {@code 64,64,3}. */
  static Shape parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new UsageException(
          "--image-shape is height,width,channels with 1 or 3 channels, such as 64,64,3; '"
              + text
              + "' is not");
    }
    return Shape.of(Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray());
  }

  /** Returns what a model takes, without the batch. */
  static Shape of(Model model) {
    int[] batched = model.features().shape().dims();
    return Shape.of(Arrays.copyOfRange(batched, 1, batched.length));
  }
}

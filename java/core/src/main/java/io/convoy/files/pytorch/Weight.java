// SPDX-License-Identifier: Apache-2.0
package io.convoy.files.pytorch;

import io.convoy.files.Layouts;
import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import io.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A weight in both layouts. Seen as {@code view}, its axes in the order {@code axes} are PyTorch's:
 * a matrix behind a flattened image is a filter as large as the image.
 *
 * @param name PyTorch's
 * @param here Convoy's shape
 * @param view of as many elements
 * @param axes of the view, in PyTorch's order
 * @param shape PyTorch's
 */
record Weight(String name, Shape here, Shape view, int[] axes, Shape shape) {
  private static final int[] HWIO_TO_OIHW = {3, 2, 0, 1};
  private static final int[] HWC_TO_CHW = {2, 0, 1};

  /**
   * Makes a weight of a layer.
   *
   * @param name PyTorch's
   * @param shape Convoy's
   * @param image {@code [height, width, channels]} of what the layer's features are; 1x1 if they
   *     are no image
   */
  static Weight of(String name, Shape shape, Shape image) {
    int h = image.dim(0);
    int w = image.dim(1);
    return switch (shape.rank()) {
      case 4 -> new Weight(name, shape, shape, HWIO_TO_OIHW, reordered(shape, HWIO_TO_OIHW));
      case 2 -> {
        int out = shape.dim(1);
        Shape filter = Shape.of(h, w, shape.dim(0) / (h * w), out);
        yield new Weight(name, shape, filter, HWIO_TO_OIHW, Shape.of(out, shape.dim(0)));
      }
      case 1 -> {
        Shape pixels = Shape.of(h, w, shape.dim(0) / (h * w));
        yield new Weight(name, shape, pixels, HWC_TO_CHW, shape);
      }
      default ->
          throw new IllegalArgumentException(
              "PyTorch has no layout for '" + name + "' of shape " + shape);
    };
  }

  private static Shape reordered(Shape shape, int... axes) {
    return Shape.of(Arrays.stream(axes).map(shape::dim).toArray());
  }

  TensorSpec spec() {
    return new TensorSpec(DType.FLOAT32, shape);
  }

  Tensor toPyTorch(Tensor value) {
    if (!value.spec().equals(new TensorSpec(DType.FLOAT32, here))) {
      throw new IllegalArgumentException(
          "'" + name + "' is made of a tensor " + here + ", got " + value.spec());
    }
    return Layouts.transposed(value.reshaped(view.dims()), axes).reshaped(shape.dims());
  }

  Tensor fromPyTorch(Tensor value) {
    int[] inverse = new int[axes.length];
    IntStream.range(0, axes.length).forEach(i -> inverse[axes[i]] = i);
    Tensor seen = value.reshaped(reordered(view, axes).dims());
    return Layouts.transposed(seen, inverse).reshaped(here.dims());
  }
}

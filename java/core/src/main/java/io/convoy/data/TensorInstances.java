// SPDX-License-Identifier: Apache-2.0
package io.convoy.data;

import io.convoy.tensor.DType;
import io.convoy.tensor.Shape;
import io.convoy.tensor.Tensor;
import java.util.Arrays;

/** Makes datasets from tensors. */
final class TensorInstances {
  private TensorInstances() {}

  /** Reads labels {@code [instances]} or {@code [instances, 1]}. */
  static int[] labels(Tensor labels) {
    Shape shape = labels.spec().shape();
    boolean column = shape.rank() == 1 || shape.rank() == 2 && shape.dim(1) == 1;
    if (!column || labels.spec().dtype() == DType.FLOAT32) {
      throw new IllegalArgumentException(
          "labels are "
              + labels.spec()
              + "; they must be INT32 or UINT8 of shape [instances] or [instances, 1]. One-hot"
              + " labels become such by argmax");
    }
    if (labels.spec().dtype() == DType.INT32) {
      return labels.ints();
    }
    int[] widened = new int[shape.dim(0)];
    Arrays.setAll(widened, i -> labels.bytes().get(i) & 0xFF);
    return widened;
  }

  static Dataset of(Tensor features, int[] labels, int classes) {
    Shape shape = features.spec().shape();
    requireInstances(shape, labels.length);
    int[] dims = shape.dims();
    int[] instance = Arrays.copyOfRange(dims, 1, dims.length);
    switch (features.spec().dtype()) {
      case FLOAT32:
        return new ArrayDataset(Shape.of(instance), classes, features.floats(), labels);
      case UINT8:
        return images(features, instance, labels, classes);
      default:
        throw new IllegalArgumentException(
            "features are "
                + features.spec()
                + "; they must be FLOAT32, or UINT8 for images. Convert them");
    }
  }

  private static void requireInstances(Shape shape, int labels) {
    if (shape.rank() < 2 || shape.dim(0) != labels) {
      throw new IllegalArgumentException(
          String.format(
              "features of shape %s and %d labels; shape [%d, …] is wanted. Do they belong"
                  + " together?",
              shape, labels, labels));
    }
  }

  private static Dataset images(Tensor pixels, int[] instance, int[] labels, int classes) {
    if (instance.length != 2 && instance.length != 3) {
      throw new IllegalArgumentException(
          "features are "
              + pixels.spec()
              + "; bytes must be images [instances, height, width] or [instances, height, width,"
              + " channels]. Reshape them, or convert them to FLOAT32");
    }
    byte[] bytes = new byte[pixels.bytes().remaining()];
    pixels.bytes().get(bytes);
    int channels = instance.length == 3 ? instance[2] : 1;
    Shape shape = Shape.of(instance[0], instance[1], channels);
    return new ImageDataset(shape, classes, bytes, labels);
  }
}
